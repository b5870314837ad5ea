using System.Globalization;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>What <c>RoomService</c> does, whatever the transport.</summary>
public sealed class RoomCalls(Region<RoomRegion> rooms, Region<UserRegion> users, Region<DirectoryRegion> directory, MessageHistory history, UserLimits limits)
{
    public async Task<Room> CreateRoom(CreateRoomRequest request, Identity who, CancellationToken cancellation)
    {
        var command = new UserCommands.CreateRoom(who.User, Fields.RoomName(request.Name).Value, Fields.Capacity(request.Capacity), request.Open);
        limits.Take(who.User);
        var entered = await users.Ask<UserReplies.Entered>(command, cancellation);
        return await GetRoom(entered.RoomId, who, cancellation);
    }

    public async Task<ListRoomsResponse> ListRooms(ListRoomsRequest request, Identity who, CancellationToken cancellation)
    {
        var query = new DirectoryQueries.GetPage(Fields.RoomPage(request.PageToken), Fields.PageSize(request.PageSize));
        var page = await directory.Ask<DirectoryReplies.Page>(query, cancellation);
        var response = new ListRoomsResponse { NextPageToken = page.More ? page.Rooms[^1].Value : "" };
        foreach (var room in await GetRooms(page.Rooms, who, cancellation))
        {
            var listed = room.Clone();
            listed.Members.Clear();
            response.Rooms.Add(listed);
        }
        return response;
    }

    public async Task<ListMyRoomsResponse> ListMyRooms(Identity who, CancellationToken cancellation)
    {
        var mine = await users.Ask<UserReplies.RoomsAre>(new UserQueries.GetRooms(who.User), cancellation);
        // Who was put out of a room is out at once, though word of it may still be on its way to the user.
        return new() { Rooms = { (await GetRooms(mine.Rooms, who, cancellation)).Where(room => room.Members.Any(member => member.You)) } };
    }

    public Task<Room> GetRoom(GetRoomRequest request, Identity who, CancellationToken cancellation) =>
        GetRoom(Fields.RoomId(request.RoomId), who, cancellation);

    public async Task<Room> JoinRoom(JoinRoomRequest request, Identity who, CancellationToken cancellation)
    {
        var command = new UserCommands.JoinRoom(who.User, Fields.RoomId(request.RoomId));
        limits.Take(who.User);
        var entered = await users.Ask<UserReplies.Entered>(command, cancellation);
        return await GetRoom(entered.RoomId, who, cancellation);
    }

    public Task<Room> LeaveRoom(LeaveRoomRequest request, Identity who, CancellationToken cancellation) =>
        ActAndShow(new RoomCommands.Leave(Fields.RoomId(request.RoomId), who.User), who, cancellation);

    public Task<Room> EndRoom(EndRoomRequest request, Identity who, CancellationToken cancellation) =>
        ActAndShow(new RoomCommands.End(Fields.RoomId(request.RoomId), who.User), who, cancellation);

    public Task<Room> RenameRoom(RenameRoomRequest request, Identity who, CancellationToken cancellation) =>
        ActAndShow(new RoomCommands.Rename(Fields.RoomId(request.RoomId), who.User, Fields.RoomName(request.Name)), who, cancellation);

    public Task<Room> RemoveMember(RemoveMemberRequest request, Identity who, CancellationToken cancellation) =>
        ActAndShow(new RoomCommands.RemoveMember(Fields.RoomId(request.RoomId), who.User, Fields.MemberId(request.MemberId)), who, cancellation);

    public async Task<ListMembersResponse> ListMembers(ListMembersRequest request, Identity who, CancellationToken cancellation)
    {
        var query = new RoomQueries.GetMembers(Fields.RoomId(request.RoomId), who.User, Fields.MemberPage(request.PageToken), Fields.PageSize(request.PageSize));
        var page = await rooms.Ask<RoomReplies.MembersAre>(query, cancellation);
        return new() { Members = { page.For(await Blocked(who, cancellation)) }, NextPageToken = page.Next == 0 ? "" : page.Next.ToString(CultureInfo.InvariantCulture) };
    }

    public async Task<Member> GetMember(GetMemberRequest request, Identity who, CancellationToken cancellation)
    {
        var found = await rooms.Ask<RoomReplies.MemberIs>(
            new RoomQueries.GetMember(Fields.RoomId(request.RoomId), who.User, Fields.MemberId(request.MemberId)), cancellation);
        if (found.RevealLevel >= RoomState.PartialReveal && await ProfileOf(found.Member, cancellation) is { } profile)
        {
            found.View.Interests.Add(profile.Interests);
            found.View.Bio = found.RevealLevel >= RoomState.FullReveal ? profile.Bio : "";
        }
        found.View.Blocked = (await Blocked(who, cancellation)).Contains(found.Member);
        return found.View;
    }

    public async Task<ListMessagesResponse> ListMessages(ListMessagesRequest request, Identity who, CancellationToken cancellation)
    {
        var room = Fields.RoomId(request.RoomId);
        var before = Fields.BeforeSeq(request.BeforeSeq);
        var size = Fields.PageSize(request.PageSize);
        var reader = await rooms.Ask<RoomReplies.MayRead>(new RoomQueries.GetReader(room, who.User), cancellation);
        return await history.Read(room, before, size, reader.MemberId, cancellation);
    }

    public Task<Ack> SendMessage(SendMessageRequest request, Identity who, CancellationToken cancellation) => Act(
        new RoomCommands.Send(
            Fields.RoomId(request.RoomId), who.User, Fields.ClientId(request.ClientId), Fields.MessageText(request.Text), Fields.InReplyTo(request.InReplyTo)),
        who,
        cancellation);

    public Task<Ack> EditMessage(EditMessageRequest request, Identity who, CancellationToken cancellation) =>
        Act(new RoomCommands.Edit(Fields.RoomId(request.RoomId), who.User, Fields.MessageId(request.MessageId), Fields.MessageText(request.Text)), who, cancellation);

    public Task<Ack> RemoveMessage(RemoveMessageRequest request, Identity who, CancellationToken cancellation) =>
        Act(new RoomCommands.Remove(Fields.RoomId(request.RoomId), who.User, Fields.MessageId(request.MessageId)), who, cancellation);

    public Task<Ack> React(ReactRequest request, Identity who, CancellationToken cancellation) =>
        Act(new RoomCommands.React(Fields.RoomId(request.RoomId), who.User, Fields.MessageId(request.MessageId), Fields.Emoji(request.Emoji), request.On), who, cancellation);

    public Task<Ack> AnswerPrompt(AnswerPromptRequest request, Identity who, CancellationToken cancellation) =>
        Act(new RoomCommands.Answer(Fields.RoomId(request.RoomId), who.User, request.PromptId, request.Yes), who, cancellation);

    public Task<Ack> KeepRoom(KeepRoomRequest request, Identity who, CancellationToken cancellation) =>
        Act(new RoomCommands.Keep(Fields.RoomId(request.RoomId), who.User), who, cancellation);

    public Task<Ack> MarkRead(MarkReadRequest request, Identity who, CancellationToken cancellation) =>
        Act(new RoomCommands.MarkRead(Fields.RoomId(request.RoomId), who.User, request.Seq), who, cancellation);

    private async Task<Room> ActAndShow(RoomRequest command, Identity who, CancellationToken cancellation) =>
        await Show(await Act<RoomReplies.RoomIs>(command, who, cancellation), who, cancellation);

    private async Task<Ack> Act(RoomRequest command, Identity who, CancellationToken cancellation) =>
        (await Act<RoomReplies.Acknowledged>(command, who, cancellation)).ToAck();

    private Task<TReply> Act<TReply>(RoomRequest command, Identity who, CancellationToken cancellation)
        where TReply : Reply
    {
        limits.Take(who.User);
        return rooms.Ask<TReply>(command, cancellation);
    }

    private async Task<Room> GetRoom(RoomId room, Identity who, CancellationToken cancellation) =>
        await Show(await See(room, who, cancellation), who, cancellation);

    private Task<RoomReplies.RoomIs> See(RoomId room, Identity who, CancellationToken cancellation) =>
        rooms.Ask<RoomReplies.RoomIs>(new RoomQueries.GetRoom(room, who.User), cancellation);

    private async Task<Room> Show(RoomReplies.RoomIs seen, Identity who, CancellationToken cancellation) => (await Show([seen], who, cancellation))[0];

    // A room does not know whom the user has blocked.
    private async Task<IReadOnlyList<Room>> Show(IReadOnlyList<RoomReplies.RoomIs> seen, Identity who, CancellationToken cancellation)
    {
        if (!seen.SelectMany(room => room.Users).Any(user => user != who.User))
            return [.. seen.Select(room => room.Room)];
        var blocked = await Blocked(who, cancellation);
        return [.. seen.Select(room => room.For(blocked))];
    }

    private async Task<IReadOnlySet<UserId>> Blocked(Identity who, CancellationToken cancellation) =>
        (await users.Ask<UserReplies.BlocksAre>(new UserQueries.GetBlocks(who.User), cancellation)).Users;

    /// <summary>The rooms as the user sees them, in order, without those that vanished since they were listed.</summary>
    private async Task<IReadOnlyList<Room>> GetRooms(IReadOnlyList<RoomId> ids, Identity who, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(ids.Select(id => Look(id, who, cancellation)));
        return await Show([.. found.OfType<RoomReplies.RoomIs>()], who, cancellation);
    }

    // Null where there is none any more: the room outlives the account.
    private async Task<Profile?> ProfileOf(UserId user, CancellationToken cancellation)
    {
        try
        {
            return (await users.Ask<UserReplies.ProfileIs>(new UserQueries.GetProfile(user), cancellation)).Profile;
        }
        catch (RejectedException rejected) when (rejected.Rejection.Code == ErrorCode.NotFound)
        {
            return null;
        }
    }

    private async Task<RoomReplies.RoomIs?> Look(RoomId room, Identity who, CancellationToken cancellation)
    {
        try
        {
            return await See(room, who, cancellation);
        }
        catch (RejectedException rejected) when (rejected.Rejection.Code is ErrorCode.NotFound or ErrorCode.PermissionDenied or ErrorCode.FailedPrecondition)
        {
            return null;
        }
    }
}
