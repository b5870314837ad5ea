using Google.Protobuf.WellKnownTypes;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Journal;
using WebChat.Actors.Moderation;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Edge.Limits;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>How <c>UserService</c> takes reports, whatever the transport.</summary>
public sealed class ReportCalls(Region<RoomRegion> rooms, Region<ReportsRegion> reports, MessageHistory history, UserLimits limits)
{
    private const int Lines = 50;

    public async Task<ReportReceipt> Report(ReportRequest request, Identity who, CancellationToken cancellation)
    {
        var room = Fields.RoomId(request.RoomId);
        var member = Fields.MemberId(request.MemberId);
        var reason = Fields.ReportReason(request.Reason);
        var comment = Fields.ReportComment(request.Comment);
        limits.Take(who.User);
        var found = await rooms.Ask<RoomReplies.FellowIs>(new RoomQueries.GetFellow(room, who.User, member), cancellation);
        var evidence = await Evidence(room, found, cancellation);
        var filed = await reports.Ask<ReportsReplies.Filed>(new ReportsCommands.File(who.User, found.Fellow, room, reason, comment, evidence), cancellation);
        return new() { ReportId = filed.ReportId.Value };
    }

    // What was said, from the room itself: what the reporter shows could be made up.
    private async Task<List<EvidenceLine>> Evidence(RoomId room, RoomReplies.FellowIs found, CancellationToken cancellation)
    {
        var page = await history.Read(room, long.MaxValue, Lines, found.Fellow.MemberId, cancellation);
        return [.. page.Messages.Reverse().Select(message => LineOf(message, found.Everybody[new(message.MemberId)]))];
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
