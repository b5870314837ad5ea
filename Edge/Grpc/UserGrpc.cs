using Google.Protobuf;
using Grpc.Core;
using WebChat.Actors.Users.Pictures;
using WebChat.Edge.Services;
using WebChat.V1;

namespace WebChat.Edge.Grpc;

/// <summary><c>UserService</c> over gRPC.</summary>
public sealed class UserGrpc(UserCalls calls, ReportCalls reports, PictureCalls pictures, ExportCalls exports) : UserService.UserServiceBase
{
    /// <inheritdoc/>
    public override Task<Profile> GetProfile(GetProfileRequest request, ServerCallContext context) => calls.GetProfile(context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Profile> UpdateProfile(UpdateProfileRequest request, ServerCallContext context) => calls.UpdateProfile(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Profile> SetAvatar(SetAvatarRequest request, ServerCallContext context) => pictures.Set(request.Image.ToByteArray(), context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Profile> DeleteAvatar(DeleteAvatarRequest request, ServerCallContext context) => pictures.Delete(context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Block> Block(BlockRequest request, ServerCallContext context) => calls.Block(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<UnblockResponse> Unblock(UnblockRequest request, ServerCallContext context) => calls.Unblock(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListBlocksResponse> ListBlocks(ListBlocksRequest request, ServerCallContext context) => calls.ListBlocks(context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ReportReceipt> Report(ReportRequest request, ServerCallContext context) => reports.Report(request, context.Identity(), context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<Picture> GetAvatar(GetAvatarRequest request, ServerCallContext context) =>
        new() { MediaType = ProfilePicture.MediaType, Data = UnsafeByteOperations.UnsafeWrap(await pictures.Get(request, context.Identity(), context.CancellationToken)) };

    /// <inheritdoc/>
    public override async Task ExportData(ExportDataRequest request, IServerStreamWriter<ExportPiece> responseStream, ServerCallContext context)
    {
        await foreach (var piece in exports.Read(context.Identity(), context.CancellationToken))
            await responseStream.WriteAsync(new() { Json = UnsafeByteOperations.UnsafeWrap(piece) }, context.CancellationToken);
    }
}
