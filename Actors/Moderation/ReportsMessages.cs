using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Moderation;

/// <summary>A request to the single register of reports and bans.</summary>
public abstract record ReportsRequest : Request
{
    /// <summary>The key of the single register.</summary>
    public const string RegisterId = "all";

    public override string EntityId => RegisterId;
}

/// <summary>The commands of the register.</summary>
public static class ReportsCommands
{
    /// <summary>Files a report about a fellow member; answered by <see cref="ReportsReplies.Filed"/>, with the first report if that is still open.</summary>
    /// <param name="Reporter">The reporting user.</param>
    /// <param name="Reported">The reported member.</param>
    /// <param name="RoomId">The room of both.</param>
    /// <param name="Reason">The reason.</param>
    /// <param name="Comment">The reporter's comment; may be empty.</param>
    /// <param name="Evidence">The room's last messages, oldest first.</param>
    public sealed record File(UserId Reporter, RoomMember Reported, RoomId RoomId, ReportReason Reason, ReportComment Comment, IReadOnlyList<EvidenceLine> Evidence)
        : ReportsRequest
    {
        /// <summary>Hides the texts.</summary>
        public override string ToString() => $"{nameof(File)} {RoomId}";
    }

    /// <summary>Dismisses a report; answered by <see cref="ReportsReplies.ReportIs"/>, also if it was dismissed before.</summary>
    public sealed record Dismiss(ReportId ReportId, UserId By) : ReportsRequest;

    /// <summary>Bans the user that a report is about; answered by <see cref="ReportsReplies.BanIs"/>.</summary>
    public sealed record BanReported(ReportId ReportId, DateTimeOffset Until, UserId By) : ReportsRequest;

    /// <summary>Bans a user; answered by <see cref="ReportsReplies.BanIs"/>.</summary>
    public sealed record Ban(UserId UserId, DateTimeOffset Until, UserId By) : ReportsRequest;

    /// <summary>Ends a ban; answered by <see cref="Done"/>.</summary>
    public sealed record Unban(UserId UserId, UserId By) : ReportsRequest;

    /// <summary>Records that an admin drains the server; answered by <see cref="Done"/>.</summary>
    public sealed record NoteDrain(UserId By) : ReportsRequest;
}

/// <summary>The queries of the register.</summary>
public static class ReportsQueries
{
    /// <summary>A page of the reports, newest first; answered by <see cref="ReportsReplies.Page"/>.</summary>
    /// <param name="All">Whether to include reports that are not open.</param>
    /// <param name="After">The last report of the previous page; null for the first page.</param>
    /// <param name="Size">The most reports in the page.</param>
    public sealed record GetPage(bool All, ReportId? After, int Size) : ReportsRequest;

    /// <summary>Answered by <see cref="ReportsReplies.ReportIs"/>.</summary>
    public sealed record GetReport(ReportId ReportId) : ReportsRequest;

    /// <summary>The bans in force, ordered by their end; answered by <see cref="ReportsReplies.BansAre"/>.</summary>
    public sealed record GetBans : ReportsRequest;

    /// <summary>The number of open reports; answered by <see cref="ReportsReplies.OpenAre"/>.</summary>
    public sealed record CountOpen : ReportsRequest;
}

/// <summary>The answers of the register.</summary>
public static class ReportsReplies
{
    /// <summary>The report is on disk.</summary>
    public sealed record Filed(ReportId ReportId) : Reply;

    /// <param name="Report">In its current state.</param>
    public sealed record ReportIs(ReportEntry Report) : Reply;

    /// <param name="Reports">Newest first.</param>
    /// <param name="More">Whether there are further reports.</param>
    public sealed record Page(IReadOnlyList<ReportEntry> Reports, bool More) : Reply;

    /// <param name="Ban">In its current state.</param>
    public sealed record BanIs(BanEntry Ban) : Reply;

    /// <param name="Bans">Those in force, ordered by their end.</param>
    public sealed record BansAre(IReadOnlyList<BanEntry> Bans) : Reply;

    /// <param name="Count">The number of open reports.</param>
    public sealed record OpenAre(int Count) : Reply;
}

/// <summary>The register's memory of a report. The rest, with the evidence, is in the event.</summary>
/// <param name="Id">The report's id.</param>
/// <param name="At">When it was filed.</param>
/// <param name="Seq">The sequence number of the event in the register's journal.</param>
/// <param name="Reporter">The reporting user.</param>
/// <param name="Reported">The reported user.</param>
/// <param name="Room">The room of both.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Status">Open, dismissed or banned.</param>
public sealed record ReportEntry(
    ReportId Id, DateTimeOffset At, long Seq, UserId Reporter, UserId Reported, RoomId Room, ReportReason Reason, Report.Types.Status Status);
