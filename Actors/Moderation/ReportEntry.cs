using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Actors.Moderation;

/// <summary>What the register remembers of a report; the rest, with the evidence, is in the event.</summary>
/// <param name="Id">Which report.</param>
/// <param name="At">When it was made.</param>
/// <param name="Seq">Of the event in the register's journal.</param>
/// <param name="Reporter">Who reported.</param>
/// <param name="Reported">Whom.</param>
/// <param name="Room">Of which room.</param>
/// <param name="Reason">Why.</param>
/// <param name="Status">What has become of it.</param>
public sealed record ReportEntry(
    ReportId Id, DateTimeOffset At, long Seq, UserId Reporter, UserId Reported, RoomId Room, ReportReason Reason, Report.Types.Status Status);
