using Google.Api;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Moderation;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Actors.Users.Pictures;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;
using WebChat.Edge.Pictures;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>The caller's profile, picture, blocks, reports and data.</summary>
[Authorize]
[EnableRateLimiting(RateLimits.Writes)]
public sealed class UserService(
    Region<UserRegion> users, Region<RoomRegion> rooms, Region<ReportsRegion> reports, RoomHistory history, PictureConverter converter, PictureStore pictures,
    DataExport export)
    : V1.UserService.UserServiceBase
{
    private const int EvidenceLines = 50;

    [EnableRateLimiting(RateLimits.Reads)]
    public override Task<Profile> GetProfile(GetProfileRequest request, ServerCallContext context) => AskProfile(new UserQueries.GetProfile(context.User()), context);

    public override async Task<Profile> UpdateProfile(UpdateProfileRequest request, ServerCallContext context)
    {
        if (request.Profile is null)
            throw RejectedException.Invalid("profile", "must be set");
        var fields = request.UpdateMask is { } mask ? ProfileFields.Named(mask.Paths) : ProfileFields.Present(request.Profile);
        if (fields.Count == 0)
            return await GetProfile(new(), context);
        return await AskProfile(new UserCommands.UpdateProfile(context.User(), request.Profile, fields), context);
    }

    public override async Task<Profile> SetAvatar(SetAvatarRequest request, ServerCallContext context)
    {
        var picture = await converter.ConvertAsync(request.Image?.Data.ToByteArray() ?? [], context.CancellationToken);
        var profile = await GetProfile(new(), context);
        await pictures.Save(context.User(), picture, context.CancellationToken);
        profile.HasAvatar = true;
        return profile;
    }

    public override async Task<Profile> DeleteAvatar(DeleteAvatarRequest request, ServerCallContext context)
    {
        await pictures.Delete(context.User(), context.CancellationToken);
        return await GetProfile(new(), context);
    }

    [EnableRateLimiting(RateLimits.Reads)]
    public override async Task<HttpBody> GetAvatar(GetAvatarRequest request, ServerCallContext context) =>
        await context.AnswerPictureAsync(await pictures.ReadImage(context.User(), context.CancellationToken));

    [EnableRateLimiting(RateLimits.Reads)]
    public override async Task<HttpBody> GetAvatarPreview(GetAvatarPreviewRequest request, ServerCallContext context) =>
        await context.AnswerPictureAsync(await pictures.ReadPreview(context.User(), context.CancellationToken));

    [EnableRateLimiting(RateLimits.Exports)]
    public override async Task ExportData(ExportDataRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        await foreach (var piece in export.Read(context.Identity(), context.CancellationToken))
        {
            var response = context.GetHttpContext().Response;
            if (!response.HasStarted)
                response.Headers[HeaderNames.ContentDisposition] = "attachment; filename=\"webchat.json\"";
            await responseStream.WriteAsync(new() { ContentType = "application/json", Data = UnsafeByteOperations.UnsafeWrap(piece) }, context.CancellationToken);
        }
    }

    public override async Task<Block> Block(BlockRequest request, ServerCallContext context)
    {
        var command = new UserCommands.Block(context.User(), Fields.RoomId(request.RoomId), Fields.MemberId(request.MemberId));
        return (await users.Ask<UserReplies.BlockIs>(command, context.CancellationToken)).Block;
    }

    public override async Task<UnblockResponse> Unblock(UnblockRequest request, ServerCallContext context)
    {
        var command = new UserCommands.Unblock(context.User(), Fields.BlockId(request.BlockId));
        await users.Ask<Done>(command, context.CancellationToken);
        return new();
    }

    [EnableRateLimiting(RateLimits.Reads)]
    public override async Task<ListBlocksResponse> ListBlocks(ListBlocksRequest request, ServerCallContext context) =>
        new() { Blocks = { (await users.Ask<UserReplies.BlocksAre>(new UserQueries.GetBlocks(context.User()), context.CancellationToken)).Blocks } };

    public override async Task<ReportReceipt> Report(ReportRequest request, ServerCallContext context)
    {
        var room = Fields.RoomId(request.RoomId);
        var member = Fields.MemberId(request.MemberId);
        var reason = Fields.ReportReason(request.Reason);
        var comment = Fields.ReportComment(request.Comment);
        var (reporter, cancellation) = (context.User(), context.CancellationToken);
        var found = await rooms.Ask<RoomReplies.FellowIs>(new RoomQueries.GetFellow(room, reporter, member), cancellation);
        var evidence = await ReadEvidence(room, found, cancellation);
        var filed = await reports.Ask<ReportsReplies.Filed>(new ReportsCommands.File(reporter, found.Fellow, room, reason, comment, evidence), cancellation);
        return new() { ReportId = filed.ReportId.Value };
    }

    // The picture's own row says whether there is a picture.
    private async Task<Profile> AskProfile(UserRequest request, ServerCallContext context)
    {
        var reply = await users.Ask<UserReplies.ProfileIs>(request, context.CancellationToken);
        return new(reply.Profile) { HasAvatar = await pictures.Exists(request.UserId, context.CancellationToken) };
    }

    // The messages come from the room itself, since a reporter could forge them.
    private async Task<List<EvidenceLine>> ReadEvidence(RoomId room, RoomReplies.FellowIs found, CancellationToken cancellation)
    {
        var page = await history.ListMessages(room, long.MaxValue, EvidenceLines, found.Fellow.MemberId, cancellation);
        return [.. page.Messages.Reverse().Select(message => LineOf(message, found.Members[new(message.MemberId)]))];
    }

    private static EvidenceLine LineOf(Message message, RoomMember author) => new()
    {
        MessageId = message.MessageId,
        At = Milliseconds(message.At),
        MemberId = message.MemberId,
        UserId = author.UserId.Value,
        Nickname = author.Nickname,
        Text = message.Text,
        EditedAt = message.EditedAt is { } editedAt ? Milliseconds(editedAt) : 0,
        Removed = message.Removed,
    };

    private static long Milliseconds(Timestamp time) => time.ToDateTimeOffset().ToUnixTimeMilliseconds();
}
