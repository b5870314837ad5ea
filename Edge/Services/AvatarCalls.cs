using Google.Protobuf;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Actors.Users.Avatars;
using WebChat.Edge.Errors;
using WebChat.V1;
using Avatar = WebChat.Journal.V1.Avatar;

namespace WebChat.Edge.Services;

/// <summary>What the services do about pictures, whatever the transport.</summary>
public sealed class AvatarCalls(Region<UserRegion> users, Region<RoomRegion> rooms, AvatarStore store)
{
    // One change of a user's picture at a time; that two users may share a turn costs little.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>The users whose last change was cut off, so that nobody knows how it ended.</summary>
    public IReadOnlyList<UserId> Unsettled => store.Changing;

    public Task<Profile> Set(SetAvatarRequest request, Identity who, CancellationToken cancellation)
    {
        var image = Read(request.Image, ImageBounds.Picture);
        var preview = Read(request.Preview, ImageBounds.Preview);
        var id = AvatarId.Of(image.Bytes.Span);
        var avatar = new Avatar
        {
            Sha256 = id.Value,
            MediaType = image.Format.MediaType(),
            Preview = ByteString.CopyFrom(preview.Bytes.Span),
            PreviewMediaType = preview.Format.MediaType(),
        };
        return Change(who.User, id, image, new UserCommands.SetAvatar(who.User, avatar), cancellation);
    }

    public Task<Profile> Delete(Identity who, CancellationToken cancellation) =>
        Change(who.User, null, null, new UserCommands.DeleteAvatar(who.User), cancellation);

    public async Task<StoredPicture> Get(GetAvatarRequest request, Identity who, CancellationToken cancellation) =>
        Open(await Current(who.User, cancellation), request.Preview);

    public async Task<StoredPicture> GetOfMember(GetMemberAvatarRequest request, Identity who, CancellationToken cancellation)
    {
        var query = new RoomQueries.GetMember(Fields.RoomId(request.RoomId), who.User, Fields.MemberId(request.MemberId));
        var member = await rooms.Ask<RoomReplies.MemberIs>(query, cancellation);
        if (member.RevealLevel < (request.Preview ? RoomState.PartialReveal : RoomState.FullReveal))
            throw new RejectedException(new(ErrorCode.PermissionDenied, "The two of you have not revealed so much yet."));
        return Open(await Current(member.Member, cancellation), request.Preview);
    }

    /// <summary>Ends the user's last change, if it was cut off, as the journal says it went.</summary>
    public async Task Settle(UserId user, CancellationToken cancellation)
    {
        var turn = await Turn(user, cancellation);
        try
        {
            await End(user);
        }
        finally
        {
            turn.Release();
        }
    }

    private static CleanImage Read(ByteString upload, ImageBounds bounds) =>
        CleanImage.TryRead(upload.Span, bounds, out var image, out var why) ? image : throw new RejectedException(why);

    private async Task<Profile> Change(UserId user, AvatarId? next, CleanImage? image, UserRequest command, CancellationToken cancellation)
    {
        var turn = await Turn(user, cancellation);
        try
        {
            // From here on nothing is cancelled: a change that is half done costs more than one that nobody waits for.
            await End(user);
            var before = await Current(user, CancellationToken.None);
            AvatarId?[] pictures = [before is null ? null : new(before.Sha256), next];
            await store.BeginChange(user, pictures.OfType<AvatarId>());
            if (next is { } id)
                await store.Keep(user, id, image!.Bytes);
            try
            {
                return (await users.Ask<UserReplies.ProfileIs>(command, CancellationToken.None)).Profile;
            }
            finally
            {
                // Also of a change that was refused: the account may be deleted meanwhile.
                await End(user);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task End(UserId user)
    {
        if (!store.IsChanging(user))
            return;
        var current = await CurrentIfThere(user);
        store.EndChange(user, current is null ? null : new(current.Sha256));
    }

    // Nobody is left of a deleted account: its picture goes like one that was removed.
    private async Task<Avatar?> CurrentIfThere(UserId user)
    {
        try
        {
            return await Current(user, CancellationToken.None);
        }
        catch (RejectedException rejected) when (rejected.Rejection.Code == ErrorCode.NotFound)
        {
            return null;
        }
    }

    private async Task<Avatar?> Current(UserId user, CancellationToken cancellation) =>
        (await users.Ask<UserReplies.AvatarIs>(new UserQueries.GetAvatar(user), cancellation)).Avatar;

    private async Task<SemaphoreSlim> Turn(UserId user, CancellationToken cancellation)
    {
        var turn = _turns[(uint)user.GetHashCode() % _turns.Length];
        await turn.WaitAsync(cancellation);
        return turn;
    }

    private StoredPicture Open(Avatar? avatar, bool preview)
    {
        if (avatar is not null && preview)
            return StoredPicture.InMemory(avatar.PreviewMediaType, avatar.Preview);
        if (avatar is not null && store.Open(new(avatar.Sha256)) is { } file)
            return new(avatar.MediaType, avatar.Sha256, file);
        throw new RejectedException(new(ErrorCode.NotFound, "There is no picture."));
    }
}
