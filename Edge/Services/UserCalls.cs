using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Actors.Users.Pictures;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>What <c>UserService</c> does, whatever the transport.</summary>
public sealed class UserCalls(Region<UserRegion> users, PictureStore pictures, UserLimits limits)
{
    public Task<Profile> GetProfile(Identity who, CancellationToken cancellation) => AskProfile(new UserQueries.GetProfile(who.User), cancellation);

    public async Task<Profile> UpdateProfile(UpdateProfileRequest request, Identity who, CancellationToken cancellation)
    {
        if (request.Profile is null)
            throw RejectedException.Invalid("profile", "must be given");
        var fields = request.UpdateMask is { } mask ? ProfileFields.Named(mask.Paths) : ProfileFields.Present(request.Profile);
        if (fields.Count == 0)
            return await GetProfile(who, cancellation);
        return await AskProfile(new UserCommands.UpdateProfile(who.User, request.Profile, fields), cancellation);
    }

    public async Task<Block> Block(BlockRequest request, Identity who, CancellationToken cancellation)
    {
        var command = new UserCommands.Block(who.User, Fields.RoomId(request.RoomId), Fields.MemberId(request.MemberId));
        limits.Take(who.User);
        return (await users.Ask<UserReplies.BlockIs>(command, cancellation)).Block;
    }

    public async Task<UnblockResponse> Unblock(UnblockRequest request, Identity who, CancellationToken cancellation)
    {
        var command = new UserCommands.Unblock(who.User, Fields.BlockId(request.BlockId));
        limits.Take(who.User);
        await users.Ask<Done>(command, cancellation);
        return new();
    }

    public async Task<ListBlocksResponse> ListBlocks(Identity who, CancellationToken cancellation) =>
        new() { Blocks = { (await users.Ask<UserReplies.BlocksAre>(new UserQueries.GetBlocks(who.User), cancellation)).Blocks } };

    // The user's picture is a row of its own.
    private async Task<Profile> AskProfile(UserRequest request, CancellationToken cancellation) =>
        new((await users.Ask<UserReplies.ProfileIs>(request, cancellation)).Profile) { HasAvatar = await pictures.Exists(request.UserId, cancellation) };
}
