using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Edge.Errors;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>What <c>UserService</c> does, whatever the transport.</summary>
public sealed class UserCalls(Region<UserRegion> users)
{
    public async Task<Profile> GetProfile(Identity who, CancellationToken cancellation) =>
        (await users.Ask<UserReplies.ProfileIs>(new UserQueries.GetProfile(who.User), cancellation)).Profile;

    public async Task<Profile> UpdateProfile(UpdateProfileRequest request, Identity who, CancellationToken cancellation)
    {
        if (request.Profile is null)
            throw RejectedException.Invalid("profile", "must be given");
        var fields = request.UpdateMask is { } mask ? ProfileFields.Named(mask.Paths) : ProfileFields.Present(request.Profile);
        if (fields.Count == 0)
            return await GetProfile(who, cancellation);
        return (await users.Ask<UserReplies.ProfileIs>(new UserCommands.UpdateProfile(who.User, request.Profile, fields), cancellation)).Profile;
    }
}
