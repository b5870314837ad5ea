using System.Diagnostics;
using System.Globalization;
using Google.Api;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;
using WebChat.Actors.Telemetry;
using WebChat.Actors.Users;
using WebChat.Actors.Users.Pictures;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>Rooms, their members and their messages.</summary>
[Authorize]
[EnableRateLimiting(RateLimits.Writes)]
public sealed class RoomService(
    Region<RoomRegion> rooms, Region<UserRegion> users, Region<DirectoryRegion> directory, RoomHistory history, PictureStore pictures)
    : V1.RoomService.RoomServiceBase
{
    public override async Task<Room> CreateRoom(CreateRoomRequest request, ServerCallContext context)
    {
        ClientId? clientId = request.ClientId.Length > 0 ? Fields.ClientId(request.ClientId) : null;
        var command = new UserCommands.CreateRoom(context.User(), Fields.RoomName(request.Name).Value, Fields.Capacity(request.Capacity), request.Open, clientId);
        var entered = await users.Ask<UserReplies.Entered>(command, context.CancellationToken);
        return await GetRoom(entered.RoomId, context);
    }

    [EnableRateLimiting(RateLimits.Reads)]
    public override async Task<ListRoomsResponse> ListRooms(ListRoomsRequest request, ServerCallContext context)
    {
        var query = new DirectoryQueries.GetPage(Fields.RoomPage(request.PageToken), Fields.PageSize(request.PageSize));
        var page = await directory.Ask<DirectoryReplies.Page>(query, context.CancellationToken);
        var response = new ListRoomsResponse { NextPageToken = page.More ? page.Rooms[^1].Value : "" };
        foreach (var room in await GetRooms([.. page.Rooms.Select(room => new RoomPosition(room, 0))], context))
        {
            var listed = room.Clone();
            listed.Members.Clear();
            (listed.LastMessage, listed.LastActiveAt, listed.ReadSeq, listed.UnreadCount) = (null, null, 0, 0);
            response.Rooms.Add(listed);
        }
        return response;
    }

    [EnableRateLimiting(RateLimits.Reads)]
    public override async Task<ListMyRoomsResponse> ListMyRooms(ListMyRoomsRequest request, ServerCallContext context)
    {
        // A removed member is out at once, even if the user entity does not know it yet.
        return new() { Rooms = { (await GetRooms(await MyRooms(context), context)).Where(room => room.Members.Any(member => member.You)) } };
    }

    [EnableRateLimiting(RateLimits.Reads)]
    public override Task<Room> GetRoom(GetRoomRequest request, ServerCallContext context) =>
        GetRoom(Fields.RoomId(request.RoomId), context);

    public override async Task<Room> JoinRoom(JoinRoomRequest request, ServerCallContext context)
    {
        var command = new UserCommands.JoinRoom(context.User(), Fields.RoomId(request.RoomId));
        var entered = await users.Ask<UserReplies.Entered>(command, context.CancellationToken);
        return await GetRoom(entered.RoomId, context);
    }

    public override Task<Room> LeaveRoom(LeaveRoomRequest request, ServerCallContext context) =>
        ActAndShow(new RoomCommands.Leave(Fields.RoomId(request.RoomId), context.User()), context);

    public override Task<Room> EndRoom(EndRoomRequest request, ServerCallContext context) =>
        ActAndShow(new RoomCommands.End(Fields.RoomId(request.RoomId), context.User()), context);

    public override Task<Room> RenameRoom(RenameRoomRequest request, ServerCallContext context) =>
        ActAndShow(new RoomCommands.Rename(Fields.RoomId(request.RoomId), context.User(), Fields.RoomName(request.Name)), context);

    public override Task<Room> RemoveMember(RemoveMemberRequest request, ServerCallContext context) =>
        ActAndShow(new RoomCommands.RemoveMember(Fields.RoomId(request.RoomId), context.User(), Fields.MemberId(request.MemberId)), context);

    [EnableRateLimiting(RateLimits.Reads)]
    public override async Task<ListMembersResponse> ListMembers(ListMembersRequest request, ServerCallContext context)
    {
        var query = new RoomQueries.GetMembers(Fields.RoomId(request.RoomId), context.User(), Fields.MemberPage(request.PageToken), Fields.PageSize(request.PageSize));
        var page = await rooms.Ask<RoomReplies.MembersAre>(query, context.CancellationToken);
        return new() { Members = { page.For(await Blocked(context)) }, NextPageToken = page.Next == 0 ? "" : page.Next.ToString(CultureInfo.InvariantCulture) };
    }

    [EnableRateLimiting(RateLimits.Reads)]
    public override async Task<Member> GetMember(GetMemberRequest request, ServerCallContext context)
    {
        var found = await rooms.Ask<RoomReplies.MemberIs>(
            new RoomQueries.GetMember(Fields.RoomId(request.RoomId), context.User(), Fields.MemberId(request.MemberId)), context.CancellationToken);
        if (found.RevealLevel >= RoomState.PartialReveal && await ProfileOf(found.Member, context.CancellationToken) is { } profile)
        {
            found.View.Interests.Add(profile.Interests);
            found.View.Bio = found.RevealLevel >= RoomState.FullReveal ? profile.Bio : "";
        }
        found.View.Blocked = (await Blocked(context)).Contains(found.Member);
        return found.View;
    }

    [EnableRateLimiting(RateLimits.Reads)]
    public override async Task<ListMessagesResponse> ListMessages(ListMessagesRequest request, ServerCallContext context)
    {
        var room = Fields.RoomId(request.RoomId);
        var before = Fields.BeforeSeq(request.BeforeSeq);
        var size = Fields.PageSize(request.PageSize);
        var (reader, refusal) = await history.FindReader(room, context.User(), context.CancellationToken);
        if (refusal is not null)
            throw new RejectedException(refusal);
        return await history.ListMessages(room, before, size, reader, context.CancellationToken);
    }

    public override Task<Ack> SendMessage(SendMessageRequest request, ServerCallContext context) => Act(
        new RoomCommands.Send(
            Fields.RoomId(request.RoomId), context.User(), Fields.ClientId(request.ClientId), Fields.MessageText(request.Text), Fields.InReplyTo(request.InReplyTo),
            ChatTrace.IsOn ? Activity.Current?.Id : null),
        context);

    public override Task<Ack> EditMessage(EditMessageRequest request, ServerCallContext context) =>
        Act(new RoomCommands.Edit(Fields.RoomId(request.RoomId), context.User(), Fields.MessageId(request.MessageId), Fields.MessageText(request.Text)), context);

    public override Task<Ack> RemoveMessage(RemoveMessageRequest request, ServerCallContext context) =>
        Act(new RoomCommands.Remove(Fields.RoomId(request.RoomId), context.User(), Fields.MessageId(request.MessageId)), context);

    public override Task<Ack> AddReaction(AddReactionRequest request, ServerCallContext context) =>
        Act(new RoomCommands.React(Fields.RoomId(request.RoomId), context.User(), Fields.MessageId(request.MessageId), Fields.Emoji(request.Emoji), On: true), context);

    public override Task<Ack> RemoveReaction(RemoveReactionRequest request, ServerCallContext context) =>
        Act(new RoomCommands.React(Fields.RoomId(request.RoomId), context.User(), Fields.MessageId(request.MessageId), Fields.Emoji(request.Emoji), On: false), context);

    public override Task<Ack> AnswerPrompt(AnswerPromptRequest request, ServerCallContext context) =>
        Act(new RoomCommands.Answer(Fields.RoomId(request.RoomId), context.User(), request.PromptId, request.Yes), context);

    public override Task<Ack> KeepRoom(KeepRoomRequest request, ServerCallContext context) =>
        Act(new RoomCommands.Keep(Fields.RoomId(request.RoomId), context.User()), context);

    public override Task<Ack> MarkRead(MarkReadRequest request, ServerCallContext context) =>
        Act(new RoomCommands.MarkRead(Fields.RoomId(request.RoomId), context.User(), request.Seq), context);

    [EnableRateLimiting(RateLimits.Reads)]
    public override async Task<HttpBody> GetMemberAvatar(GetMemberAvatarRequest request, ServerCallContext context)
    {
        var member = await Revealed(request.RoomId, request.MemberId, RoomState.FullReveal, context);
        return await context.AnswerPictureAsync(await pictures.ReadImage(member, context.CancellationToken));
    }

    [EnableRateLimiting(RateLimits.Reads)]
    public override async Task<HttpBody> GetMemberAvatarPreview(GetMemberAvatarPreviewRequest request, ServerCallContext context)
    {
        var member = await Revealed(request.RoomId, request.MemberId, RoomState.PartialReveal, context);
        return await context.AnswerPictureAsync(await pictures.ReadPreview(member, context.CancellationToken));
    }

    private async Task<UserId> Revealed(string room, string member, int level, ServerCallContext context)
    {
        var query = new RoomQueries.GetMember(Fields.RoomId(room), context.User(), Fields.MemberId(member));
        var found = await rooms.Ask<RoomReplies.MemberIs>(query, context.CancellationToken);
        return found.RevealLevel >= level ? found.Member : throw new RejectedException(new(ErrorCode.PermissionDenied, "The room does not reveal this yet."));
    }

    private async Task<Room> ActAndShow(RoomRequest command, ServerCallContext context) =>
        await Show(await rooms.Ask<RoomReplies.RoomIs>(command, context.CancellationToken), context);

    private async Task<Ack> Act(RoomRequest command, ServerCallContext context) =>
        (await rooms.Ask<RoomReplies.Acknowledged>(command, context.CancellationToken)).ToAck();

    private async Task<Room> GetRoom(RoomId room, ServerCallContext context)
    {
        var position = (await MyRooms(context)).FirstOrDefault(mine => mine.RoomId == room, new(room, 0));
        return await Show(await See<RoomReplies.RoomIs>(position, context), context);
    }

    private async Task<IReadOnlyList<RoomPosition>> MyRooms(ServerCallContext context) =>
        (await users.Ask<UserReplies.RoomsAre>(new UserQueries.GetRooms(context.User()), context.CancellationToken)).Rooms;

    private Task<TReply> See<TReply>(RoomPosition room, ServerCallContext context)
        where TReply : Reply =>
        rooms.Ask<TReply>(new RoomQueries.GetRoom(room.RoomId, context.User(), room.ReadSeq), context.CancellationToken);

    private async Task<Room> Show(RoomReplies.RoomIs seen, ServerCallContext context) => (await Show([seen], context))[0];

    // A room does not know the caller's blocks.
    private async Task<IReadOnlyList<Room>> Show(IReadOnlyList<RoomReplies.RoomIs> seen, ServerCallContext context)
    {
        var caller = context.User();
        if (seen.SelectMany(room => room.Users).All(user => user == caller))
            return [.. seen.Select(room => room.Room)];
        var blocked = await Blocked(context);
        return [.. seen.Select(room => room.For(blocked))];
    }

    private async Task<IReadOnlySet<UserId>> Blocked(ServerCallContext context) =>
        (await users.Ask<UserReplies.BlocksAre>(new UserQueries.GetBlocks(context.User()), context.CancellationToken)).Users;

    /// <summary>The rooms as the user sees them, in order, without those that vanished since they were listed, and without those that fail, unless all do.</summary>
    private async Task<IReadOnlyList<Room>> GetRooms(IReadOnlyList<RoomPosition> listed, ServerCallContext context)
    {
        var replies = await Task.WhenAll(listed.Select(room => See<Reply>(room, context)));
        var seen = replies.OfType<RoomReplies.RoomIs>().ToList();
        if (seen.Count == 0 && replies.OfType<Rejection>().FirstOrDefault(rejection => rejection.Code is ErrorCode.Unavailable or ErrorCode.Internal) is { } failure)
            throw new RejectedException(failure);
        return await Show(seen, context);
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
}
