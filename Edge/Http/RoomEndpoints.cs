using Google.Protobuf;
using WebChat.Edge.Services;
using WebChat.V1;

namespace WebChat.Edge.Http;

/// <summary><c>RoomService</c> as JSON.</summary>
internal static class RoomEndpoints
{
    public static void MapRooms(this IEndpointRouteBuilder v1)
    {
        v1.MapJson<RoomCalls>("POST", "/rooms", async (rooms, call) => await rooms.CreateRoom(await call.Body<CreateRoomRequest>(), call.Identity, call.Aborted));
        v1.MapJson<RoomCalls>("GET", "/rooms", async (rooms, call) => await rooms.ListRooms(
            new() { PageSize = call.QueryInt32("page_size"), PageToken = call.Query("page_token") ?? "" }, call.Identity, call.Aborted));
        v1.MapJson<RoomCalls>("GET", "/my/rooms", async (rooms, call) => await rooms.ListMyRooms(call.Identity, call.Aborted));
        v1.MapJson<RoomCalls>("GET", "/rooms/{room}", async (rooms, call) => await rooms.GetRoom(new() { RoomId = call.Route("room") }, call.Identity, call.Aborted));
        v1.MapJson<RoomCalls>("POST", "/rooms/{room}:join", async (rooms, call) => await rooms.JoinRoom(new() { RoomId = call.Route("room") }, call.Identity, call.Aborted));
        v1.MapJson<RoomCalls>("POST", "/rooms/{room}:leave", async (rooms, call) => await rooms.LeaveRoom(new() { RoomId = call.Route("room") }, call.Identity, call.Aborted));
        v1.MapJson<RoomCalls>("POST", "/rooms/{room}:end", async (rooms, call) => await rooms.EndRoom(new() { RoomId = call.Route("room") }, call.Identity, call.Aborted));
        v1.MapJson<RoomCalls>("POST", "/rooms/{room}:rename", async (rooms, call) =>
        {
            var request = await call.Body<RenameRoomRequest>();
            request.RoomId = call.Route("room");
            return await rooms.RenameRoom(request, call.Identity, call.Aborted);
        });
        v1.MapJson<RoomCalls>("GET", "/rooms/{room}/members", async (rooms, call) => await rooms.ListMembers(
            new() { RoomId = call.Route("room"), PageSize = call.QueryInt32("page_size"), PageToken = call.Query("page_token") ?? "" }, call.Identity, call.Aborted));
        v1.MapJson<RoomCalls>("GET", "/rooms/{room}/members/{member}", async (rooms, call) => await rooms.GetMember(
            new() { RoomId = call.Route("room"), MemberId = call.Route("member") }, call.Identity, call.Aborted));
        v1.MapJson<RoomCalls>("DELETE", "/rooms/{room}/members/{member}", async (rooms, call) => await rooms.RemoveMember(
            new() { RoomId = call.Route("room"), MemberId = call.Route("member") }, call.Identity, call.Aborted));
        v1.MapJson<RoomCalls>("GET", "/rooms/{room}/messages", async (rooms, call) => await rooms.ListMessages(
            new() { RoomId = call.Route("room"), BeforeSeq = call.QueryInt64("before_seq"), PageSize = call.QueryInt32("page_size") }, call.Identity, call.Aborted));
        v1.MapJson<RoomCalls>("POST", "/rooms/{room}/messages", async (rooms, call) =>
        {
            var request = await call.Body<SendMessageRequest>();
            request.RoomId = call.Route("room");
            return await rooms.SendMessage(request, call.Identity, call.Aborted);
        });
        v1.MapJson<RoomCalls>("PATCH", "/rooms/{room}/messages/{message}", async (rooms, call) =>
        {
            var request = await call.Body<EditMessageRequest>();
            (request.RoomId, request.MessageId) = (call.Route("room"), call.Route("message"));
            return await rooms.EditMessage(request, call.Identity, call.Aborted);
        });
        v1.MapJson<RoomCalls>("DELETE", "/rooms/{room}/messages/{message}", async (rooms, call) => await rooms.RemoveMessage(
            new() { RoomId = call.Route("room"), MessageId = call.Route("message") }, call.Identity, call.Aborted));
        v1.MapJson<RoomCalls>("PUT", "/rooms/{room}/messages/{message}/reactions/{emoji}", (rooms, call) => React(rooms, call, on: true));
        v1.MapJson<RoomCalls>("DELETE", "/rooms/{room}/messages/{message}/reactions/{emoji}", (rooms, call) => React(rooms, call, on: false));
        v1.MapJson<RoomCalls>("POST", "/rooms/{room}/prompts/{prompt}:answer", async (rooms, call) =>
        {
            var request = await call.Body<AnswerPromptRequest>();
            (request.RoomId, request.PromptId) = (call.Route("room"), call.Route("prompt"));
            return await rooms.AnswerPrompt(request, call.Identity, call.Aborted);
        });
        v1.MapJson<RoomCalls>("POST", "/rooms/{room}:keep", async (rooms, call) => await rooms.KeepRoom(new() { RoomId = call.Route("room") }, call.Identity, call.Aborted));
        v1.MapJson<RoomCalls>("POST", "/rooms/{room}:read", async (rooms, call) =>
        {
            var request = await call.Body<MarkReadRequest>();
            request.RoomId = call.Route("room");
            return await rooms.MarkRead(request, call.Identity, call.Aborted);
        });
    }

    private static async Task<IMessage> React(RoomCalls rooms, JsonCall call, bool on) => await rooms.React(
        new() { RoomId = call.Route("room"), MessageId = call.Route("message"), Emoji = call.Route("emoji"), On = on }, call.Identity, call.Aborted);
}
