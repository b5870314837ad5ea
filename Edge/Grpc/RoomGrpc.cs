using Google.Protobuf;
using Grpc.Core;
using WebChat.Actors.Users.Pictures;
using WebChat.Edge.Services;
using WebChat.V1;

namespace WebChat.Edge.Grpc;

/// <summary><c>RoomService</c> over gRPC.</summary>
public sealed class RoomGrpc(RoomCalls calls, PictureCalls pictures) : RoomService.RoomServiceBase
{
    /// <inheritdoc/>
    public override Task<Room> CreateRoom(CreateRoomRequest request, ServerCallContext context) => calls.CreateRoom(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListRoomsResponse> ListRooms(ListRoomsRequest request, ServerCallContext context) => calls.ListRooms(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListMyRoomsResponse> ListMyRooms(ListMyRoomsRequest request, ServerCallContext context) => calls.ListMyRooms(context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Room> GetRoom(GetRoomRequest request, ServerCallContext context) => calls.GetRoom(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Room> JoinRoom(JoinRoomRequest request, ServerCallContext context) => calls.JoinRoom(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Room> LeaveRoom(LeaveRoomRequest request, ServerCallContext context) => calls.LeaveRoom(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Room> EndRoom(EndRoomRequest request, ServerCallContext context) => calls.EndRoom(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Room> RenameRoom(RenameRoomRequest request, ServerCallContext context) => calls.RenameRoom(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListMembersResponse> ListMembers(ListMembersRequest request, ServerCallContext context) => calls.ListMembers(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Member> GetMember(GetMemberRequest request, ServerCallContext context) => calls.GetMember(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Room> RemoveMember(RemoveMemberRequest request, ServerCallContext context) => calls.RemoveMember(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListMessagesResponse> ListMessages(ListMessagesRequest request, ServerCallContext context) => calls.ListMessages(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Ack> SendMessage(SendMessageRequest request, ServerCallContext context) => calls.SendMessage(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Ack> EditMessage(EditMessageRequest request, ServerCallContext context) => calls.EditMessage(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Ack> RemoveMessage(RemoveMessageRequest request, ServerCallContext context) => calls.RemoveMessage(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Ack> React(ReactRequest request, ServerCallContext context) => calls.React(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Ack> AnswerPrompt(AnswerPromptRequest request, ServerCallContext context) => calls.AnswerPrompt(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Ack> KeepRoom(KeepRoomRequest request, ServerCallContext context) => calls.KeepRoom(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Ack> MarkRead(MarkReadRequest request, ServerCallContext context) => calls.MarkRead(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<Picture> GetMemberAvatar(GetMemberAvatarRequest request, ServerCallContext context) =>
        new() { MediaType = ProfilePicture.MediaType, Data = UnsafeByteOperations.UnsafeWrap(await pictures.GetOfMember(request, context.Identity(), context.CancellationToken)) };
}
