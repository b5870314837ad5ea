using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Moderation;

/// <summary>A request to the register of reports and bans, of which there is one.</summary>
public abstract record ReportsRequest : Request
{
    /// <summary>The key of the one register.</summary>
    public const string RegisterId = "all";

    public override string EntityId => RegisterId;
}

/// <summary>What the register of reports and bans can be asked to do.</summary>
public static class ReportsCommands
{
    /// <summary>Somebody reports a fellow; answered by <see cref="ReportsReplies.Filed"/>, with the first report if that is still open.</summary>
    /// <param name="Reporter">Who reports.</param>
    /// <param name="Reported">Whom.</param>
    /// <param name="RoomId">Of which room.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Comment">What the reporter adds.</param>
    /// <param name="Evidence">The room's last messages, oldest first.</param>
    public sealed record File(UserId Reporter, RoomMember Reported, RoomId RoomId, ReportReason Reason, ReportComment Comment, IReadOnlyList<EvidenceLine> Evidence)
        : ReportsRequest
    {
        /// <summary>Hides what was said.</summary>
        public override string ToString() => $"{nameof(File)} {RoomId}";
    }

    /// <summary>There was nothing to a report; answered by <see cref="ReportsReplies.ReportIs"/>, also when it was dismissed before.</summary>
    public sealed record Dismiss(ReportId ReportId, UserId By) : ReportsRequest;

    /// <summary>Bans the person that a report is about; answered by <see cref="ReportsReplies.BanIs"/>.</summary>
    public sealed record BanReported(ReportId ReportId, DateTimeOffset Until, UserId By) : ReportsRequest;

    /// <summary>Bans somebody; answered by <see cref="ReportsReplies.BanIs"/>.</summary>
    public sealed record Ban(UserId UserId, DateTimeOffset Until, UserId By) : ReportsRequest;

    /// <summary>Ends a ban; answered by <see cref="Done"/>.</summary>
    public sealed record Unban(UserId UserId, UserId By) : ReportsRequest;

    /// <summary>Notes that an admin sends everybody away; answered by <see cref="Done"/>.</summary>
    public sealed record NoteDrain(UserId By) : ReportsRequest;
}

/// <summary>What the register of reports and bans can be asked.</summary>
public static class ReportsQueries
{
    /// <summary>A page of the reports, newest first; answered by <see cref="ReportsReplies.Page"/>.</summary>
    /// <param name="All">Also those that are not open.</param>
    /// <param name="After">The last report of the page before; null for the first page.</param>
    /// <param name="Size">How many at the most.</param>
    public sealed record GetPage(bool All, ReportId? After, int Size) : ReportsRequest;

    /// <summary>Answered by <see cref="ReportsReplies.ReportIs"/>.</summary>
    public sealed record GetReport(ReportId ReportId) : ReportsRequest;

    /// <summary>The bans that last, by their end; answered by <see cref="ReportsReplies.BansAre"/>.</summary>
    public sealed record GetBans : ReportsRequest;

    /// <summary>How many reports are open; answered by <see cref="ReportsReplies.OpenAre"/>.</summary>
    public sealed record CountOpen : ReportsRequest;
}

/// <summary>What the register of reports and bans answers.</summary>
public static class ReportsReplies
{
    /// <summary>The report is on disk.</summary>
    public sealed record Filed(ReportId ReportId) : Reply;

    /// <param name="Report">As it stands.</param>
    public sealed record ReportIs(ReportEntry Report) : Reply;

    /// <param name="Reports">Newest first.</param>
    /// <param name="More">Whether there are reports behind the last of these.</param>
    public sealed record Page(IReadOnlyList<ReportEntry> Reports, bool More) : Reply;

    /// <param name="Ban">As it stands.</param>
    public sealed record BanIs(BanEntry Ban) : Reply;

    /// <param name="Bans">Those that last, by their end.</param>
    public sealed record BansAre(IReadOnlyList<BanEntry> Bans) : Reply;

    /// <param name="Count">How many.</param>
    public sealed record OpenAre(int Count) : Reply;
}

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
