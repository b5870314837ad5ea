using System.Collections.Immutable;
using Google.Protobuf;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;
using Status = WebChat.V1.Report.Types.Status;

namespace WebChat.Actors.Moderation;

/// <summary>The reports, and the bans.</summary>
public sealed partial record ReportsState : IEntityState<ReportsState>
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public static ReportsState Initial { get; } = new();

    /// <summary>The reports by id, which is the order of arrival.</summary>
    public ImmutableSortedDictionary<string, ReportEntry> Reports { get; private init; } =
        ImmutableSortedDictionary.Create<string, ReportEntry>(StringComparer.Ordinal);

    /// <summary>The newest ban of each user.</summary>
    public ImmutableDictionary<UserId, BanEntry> Bans { get; private init; } = ImmutableDictionary<UserId, BanEntry>.Empty;

    // The sequence number of the newest event in the journal.
    private long LastSeq { get; init; }

    private static Decision NoSuchReport { get; } = Decision.Reject(ErrorCode.NotFound, "Unknown report.", "report_id");

    /// <summary>The open report of one user about another in a room; null if there is none.</summary>
    public ReportEntry? Open(UserId reporter, UserId reported, RoomId room) =>
        Reports.Values.FirstOrDefault(report => report.Status == Status.Open && report.Reporter == reporter && report.Reported == reported && report.Room == room);

    /// <summary>Files a report. Enough reports of different users about one user ban that user for a while.</summary>
    public Decision File(ReportsCommands.File command, ModerationOptions options, DateTimeOffset now)
    {
        var reported = command.Reported.UserId;
        if (Open(command.Reporter, reported, command.RoomId) is not null)
            return Decision.Nothing;
        var today = Reports.Values.Where(report => report.Reporter == command.Reporter && now - report.At < Day).ToList();
        if (today.Count >= options.ReportsPerDay)
            return new([], new(ErrorCode.RateLimited, "You have reached the limit of reports per day.", RetryAfter: today[0].At + Day - now));
        var report = new Reported
        {
            At = now.ToUnixTimeMilliseconds(),
            ReportId = ReportId.New(now).Value,
            ReporterId = command.Reporter.Value,
            Person = new() { UserId = reported.Value, MemberId = command.Reported.MemberId.Value, Nickname = command.Reported.Nickname },
            RoomId = command.RoomId.Value,
            Reason = command.Reason,
            Comment = command.Comment.Value,
            Evidence = { command.Evidence },
        };
        return ReportersOf(reported, options.ReportWindow, now).Append(command.Reporter).Distinct().Count() >= options.ReportersToSuspend
            && !IsBannedUntil(reported, now + options.SuspendFor)
            ? Decision.Happens(report, Imposing(reported, now + options.SuspendFor, by: null, report.ReportId, now))
            : Decision.Happens(report);
    }

    /// <summary>Dismisses a report.</summary>
    public Decision Dismiss(ReportsCommands.Dismiss command, DateTimeOffset now) => Reports.GetValueOrDefault(command.ReportId.Value)?.Status switch
    {
        null => NoSuchReport,
        Status.Dismissed => Decision.Nothing,
        Status.Banned => Decision.Reject(ErrorCode.FailedPrecondition, "The report has already led to a ban.", "report_id"),
        _ => Decision.Happens(new ReportDismissed { At = now.ToUnixTimeMilliseconds(), ReportId = command.ReportId.Value, ByUserId = command.By.Value }),
    };

    /// <summary>Checks that a report exists.</summary>
    public Decision Find(ReportId report) => Reports.ContainsKey(report.Value) ? Decision.Nothing : NoSuchReport;

    /// <summary>Records that an admin drains the server.</summary>
    public static Decision Drain(UserId by, DateTimeOffset now) => Decision.Happens(new Drained { At = now.ToUnixTimeMilliseconds(), ByUserId = by.Value });

    /// <summary>The number of open reports.</summary>
    public int OpenCount => Reports.Values.Count(report => report.Status == Status.Open);

    /// <summary>A page of reports, newest first.</summary>
    public ReportsReplies.Page Page(ReportsQueries.GetPage query)
    {
        var behind = Reports.Values.Reverse()
            .Where(report => (query.All || report.Status == Status.Open) && (query.After is not { } last || string.CompareOrdinal(report.Id.Value, last.Value) < 0))
            .Take(query.Size + 1).ToList();
        return new([.. behind.Take(query.Size)], More: behind.Count > query.Size);
    }

    public ReportsState Apply(IMessage journaled) => (journaled switch
    {
        Reported e => this with { Reports = Reports.Add(e.ReportId, EntryOf(e, LastSeq + 1)) },
        ReportDismissed e => this with { Reports = Reports.SetItem(e.ReportId, Reports[e.ReportId] with { Status = Status.Dismissed }) },
        BanImposed e => Apply(e),
        BanLifted e => With(new UserId(e.UserId), ban => ban with { IsLifted = true, IsCarriedOut = false }),
        BanCarriedOut e => With(new UserId(e.UserId), ban => ban with { IsCarriedOut = true }),
        Drained => this,
        _ => throw new ArgumentException($"{journaled.Descriptor.FullName} is not an event of the register.", nameof(journaled)),
    }) with
    { LastSeq = LastSeq + 1 };

    public static ReportsState FromSnapshot(IMessage snapshot)
    {
        var from = (ReportsSnapshot)snapshot;
        return new()
        {
            LastSeq = from.LastSeq,
            Reports = from.Reports.Select(report => new ReportEntry(
                new(report.ReportId), Time(report.At), report.Seq, new(report.ReporterId), new(report.ReportedId), new(report.RoomId), report.Reason, (Status)report.Status))
                .ToImmutableSortedDictionary(report => report.Id.Value, report => report, StringComparer.Ordinal),
            Bans = from.Bans.Select(ban => new BanEntry(ban.Imposed, ban.Lifted, ban.CarriedOut)).ToImmutableDictionary(ban => ban.User),
        };
    }

    public ISnapshot ToSnapshot() => new ReportsSnapshot
    {
        LastSeq = LastSeq,
        Reports =
        {
            Reports.Values.Select(report => new ReportsSnapshot.Types.Report
            {
                ReportId = report.Id.Value,
                At = report.At.ToUnixTimeMilliseconds(),
                Seq = report.Seq,
                ReporterId = report.Reporter.Value,
                ReportedId = report.Reported.Value,
                RoomId = report.Room.Value,
                Reason = report.Reason,
                Status = (int)report.Status,
            }),
        },
        Bans =
        {
            Bans.Values.OrderBy(ban => ban.Imposed.UserId, StringComparer.Ordinal)
                .Select(ban => new ReportsSnapshot.Types.Ban { Imposed = ban.Imposed, Lifted = ban.IsLifted, CarriedOut = ban.IsCarriedOut }),
        },
    };

    // Reports from before the last ban do not count again: the user has served that ban.
    private IEnumerable<UserId> ReportersOf(UserId reported, TimeSpan window, DateTimeOffset now)
    {
        var since = Bans.TryGetValue(reported, out var ban) ? Time(ban.Imposed.At) : DateTimeOffset.MinValue;
        return Reports.Values
            .Where(report => report.Reported == reported && report.Status == Status.Open && now - report.At < window && report.At > since)
            .Select(report => report.Reporter);
    }

    private static ReportEntry EntryOf(Reported e, long seq) =>
        new(new(e.ReportId), Time(e.At), seq, new(e.ReporterId), new(e.Person.UserId), new(e.RoomId), e.Reason, Status.Open);

    private static DateTimeOffset Time(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);
}
