using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;
using Status = WebChat.V1.Report.Types.Status;

namespace WebChat.Actors.Moderation;

/// <content>Bans.</content>
public sealed partial record ReportsState
{
    /// <summary>The bans, and lifted bans, that their users have not acted on.</summary>
    public IEnumerable<BanEntry> NotCarriedOut => Bans.Values.Where(ban => !ban.IsCarriedOut);

    /// <summary>The bans in force, ordered by their end.</summary>
    public IReadOnlyList<BanEntry> BansAt(DateTimeOffset now) => [.. Bans.Values.Where(ban => ban.IsOn(now)).OrderBy(ban => ban.Imposed.Until)];

    /// <summary>Bans the user that a report is about.</summary>
    public Decision Ban(ReportsCommands.BanReported command, DateTimeOffset now) => Reports.TryGetValue(command.ReportId.Value, out var report)
        ? Ban(report.Reported, command.Until, command.By, command.ReportId.Value, now)
        : NoSuchReport;

    /// <summary>Bans a user.</summary>
    public Decision Ban(ReportsCommands.Ban command, DateTimeOffset now) => Ban(command.UserId, command.Until, command.By, "", now);

    /// <summary>Lifts a ban.</summary>
    public Decision Unban(ReportsCommands.Unban command, DateTimeOffset now) => Bans.TryGetValue(command.UserId, out var ban) && ban.IsOn(now)
        ? Decision.Happens(new BanLifted { At = now.ToUnixTimeMilliseconds(), UserId = command.UserId.Value, ByUserId = command.By.Value })
        : Decision.Reject(ErrorCode.NotFound, "The user is not banned.", "user_id");

    /// <summary>Notes that a user has acted on the current state of its ban. An outdated state is ignored.</summary>
    public Decision CarryOut(UserId user, DateTimeOffset? until, DateTimeOffset now) =>
        Bans.TryGetValue(user, out var ban) && !ban.IsCarriedOut && ban.Lasts == until
            ? Decision.Happens(new BanCarriedOut { At = now.ToUnixTimeMilliseconds(), UserId = user.Value })
            : Decision.Nothing;

    private Decision Ban(UserId user, DateTimeOffset until, UserId by, string report, DateTimeOffset now)
    {
        if (until <= now)
            return Decision.Reject(ErrorCode.InvalidArgument, "until must be in the future.", "until");
        return user == by
            ? Decision.Reject(ErrorCode.FailedPrecondition, "You cannot ban yourself.")
            : Decision.Happens(Imposing(user, until, by, report, now));
    }

    private BanImposed Imposing(UserId user, DateTimeOffset until, UserId? by, string report, DateTimeOffset now) => new()
    {
        At = now.ToUnixTimeMilliseconds(),
        UserId = user.Value,
        Until = until.ToUnixTimeMilliseconds(),
        ByUserId = by?.Value ?? "",
        ReportId = report,
        Reason = Reports.TryGetValue(report, out var found) ? found.Reason : ReportReason.Unspecified,
    };

    private bool IsBannedUntil(UserId user, DateTimeOffset until) => Bans.TryGetValue(user, out var ban) && ban.IsOn(until - TimeSpan.FromMilliseconds(1));

    // An admin's ban settles the open reports about the user. Reports that led to an automatic ban still wait for an admin.
    private ReportsState Apply(BanImposed e)
    {
        var user = new UserId(e.UserId);
        var banned = this with { Bans = Bans.SetItem(user, new(e, IsLifted: false, IsCarriedOut: false)) };
        return e.ByUserId.Length == 0
            ? banned
            : banned with
            {
                Reports = Reports.SetItems(Reports.Where(report => report.Value.Reported == user && report.Value.Status == Status.Open)
                    .Select(report => KeyValuePair.Create(report.Key, report.Value with { Status = Status.Banned }))),
            };
    }

    private ReportsState With(UserId user, Func<BanEntry, BanEntry> change) => this with { Bans = Bans.SetItem(user, change(Bans[user])) };
}
