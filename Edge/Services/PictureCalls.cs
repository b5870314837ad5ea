using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Actors.Users.Pictures;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;
using WebChat.Edge.Pictures;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>What the services do about pictures, whatever the transport.</summary>
public sealed class PictureCalls(UserCalls users, Region<RoomRegion> rooms, PictureConverter converter, PictureStore store, UserLimits limits)
{
    public async Task<Profile> Set(byte[] image, Identity who, CancellationToken cancellation)
    {
        limits.Take(who.User);
        var picture = await converter.ConvertAsync(image, cancellation);
        var profile = await users.GetProfile(who, cancellation);
        await store.Save(who.User, picture, cancellation);
        profile.HasAvatar = true;
        return profile;
    }

    public async Task<Profile> Delete(Identity who, CancellationToken cancellation)
    {
        var profile = await users.GetProfile(who, cancellation);
        await store.Delete(who.User, cancellation);
        profile.HasAvatar = false;
        return profile;
    }

    public Task<byte[]> Get(GetAvatarRequest request, Identity who, CancellationToken cancellation) => Read(who.User, request.Preview, cancellation);

    public async Task<byte[]> GetOfMember(GetMemberAvatarRequest request, Identity who, CancellationToken cancellation)
    {
        var query = new RoomQueries.GetMember(Fields.RoomId(request.RoomId), who.User, Fields.MemberId(request.MemberId));
        var member = await rooms.Ask<RoomReplies.MemberIs>(query, cancellation);
        if (member.RevealLevel < (request.Preview ? RoomState.PartialReveal : RoomState.FullReveal))
            throw new RejectedException(new(ErrorCode.PermissionDenied, "The room does not reveal this yet."));
        return await Read(member.Member, request.Preview, cancellation);
    }

    private async Task<byte[]> Read(UserId user, bool preview, CancellationToken cancellation) =>
        await (preview ? store.ReadPreview(user, cancellation) : store.ReadImage(user, cancellation))
        ?? throw new RejectedException(new(ErrorCode.NotFound, "There is no picture."));
}
