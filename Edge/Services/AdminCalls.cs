using Akka.Actor;
using Akka.Hosting;
using Google.Protobuf.WellKnownTypes;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Journal;
using WebChat.Actors.Matching;
using WebChat.Actors.Moderation;
using WebChat.Actors.Users;
using WebChat.Edge.Errors;
using WebChat.Edge.Sockets;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>What <c>AdminService</c> does, whatever the transport.</summary>
public sealed class AdminCalls(
    Region<ReportsRegion> reports, Region<UserRegion> users, Region<MatcherRegion> matcher, IRequiredActor<RoomRegion> rooms, IAdminRecords records, SocketGate gate)
{
    public async Task<Counts> GetCounts(Identity who, CancellationToken cancellation)
    {
        Check(who);
        var people = records.CountPeople(cancellation);
        var awake = rooms.ActorRef.Ask<AwakeAre>(CountAwake.Instance, AskTimeouts.FromEdge, cancellation);
        var sockets = gate.Count(cancellation);
        var waiting = matcher.Ask<MatcherReplies.WaitingAre>(new MatcherQueries.CountWaiting(), cancellation);
        var open = reports.Ask<ReportsReplies.OpenAre>(new ReportsQueries.CountOpen(), cancellation);
        var bans = reports.Ask<ReportsReplies.BansAre>(new ReportsQueries.GetBans(), cancellation);
        return new()
        {
            People = await people,
            Rooms = (await awake).Count,
            Sockets = await sockets,
            Waiting = (await waiting).Count,
            OpenReports = (await open).Count,
            Banned = (await bans).Bans.Count,
        };
    }

    public async Task<ListReportsResponse> ListReports(ListReportsRequest request, Identity who, CancellationToken cancellation)
    {
        Check(who);
        var query = new ReportsQueries.GetPage(request.All, Fields.ReportPage(request.PageToken), Fields.PageSize(request.PageSize));
        var page = await reports.Ask<ReportsReplies.Page>(query, cancellation);
        return new() { Reports = { page.Reports.Select(ToPublic) }, NextPageToken = page.More ? page.Reports[^1].Id.Value : "" };
    }

    public Task<Report> GetReport(GetReportRequest request, Identity who, CancellationToken cancellation)
    {
        Check(who);
        return Whole(new ReportsQueries.GetReport(Fields.ReportId(request.ReportId)), cancellation);
    }

    public Task<Report> DismissReport(DismissReportRequest request, Identity who, CancellationToken cancellation)
    {
        Check(who);
        return Whole(new ReportsCommands.Dismiss(Fields.ReportId(request.ReportId), who.User), cancellation);
    }

    public async Task<Ban> Ban(BanRequest request, Identity who, CancellationToken cancellation)
    {
        Check(who);
        var until = request.Until?.ToDateTimeOffset() ?? throw RejectedException.Invalid("until", "must be given");
        ReportsRequest command = request.WhomCase switch
        {
            BanRequest.WhomOneofCase.ReportId => new ReportsCommands.BanReported(Fields.ReportId(request.ReportId), until, who.User),
            BanRequest.WhomOneofCase.UserId => new ReportsCommands.Ban(await Existing(Fields.UserId(request.UserId), cancellation), until, who.User),
            _ => throw RejectedException.Invalid("user_id", "or report_id must be given"),
        };
        return ToPublic((await reports.Ask<ReportsReplies.BanIs>(command, cancellation)).Ban);
    }

    public async Task<UnbanResponse> Unban(UnbanRequest request, Identity who, CancellationToken cancellation)
    {
        Check(who);
        await reports.Ask<Done>(new ReportsCommands.Unban(Fields.UserId(request.UserId), who.User), cancellation);
        return new();
    }

    public async Task<ListBansResponse> ListBans(Identity who, CancellationToken cancellation)
    {
        Check(who);
        return new() { Bans = { (await reports.Ask<ReportsReplies.BansAre>(new ReportsQueries.GetBans(), cancellation)).Bans.Select(ToPublic) } };
    }

    public async Task<DrainResponse> Drain(Identity who, CancellationToken cancellation)
    {
        Check(who);
        await reports.Ask<Done>(new ReportsCommands.NoteDrain(who.User), cancellation);
        await gate.Drain(cancellation);
        return new();
    }

    private static void Check(Identity who)
    {
        if (!who.IsAdmin)
            throw new RejectedException(new(ErrorCode.PermissionDenied, "This is for admins."));
    }

    private async Task<UserId> Existing(UserId user, CancellationToken cancellation)
    {
        await users.Ask<UserReplies.ProfileIs>(new UserQueries.GetProfile(user), cancellation);
        return user;
    }

    private async Task<Report> Whole(ReportsRequest request, CancellationToken cancellation)
    {
        var entry = (await reports.Ask<ReportsReplies.ReportIs>(request, cancellation)).Report;
        var reported = await records.ReadReport(entry.Seq, cancellation);
        var report = ToPublic(entry);
        report.MemberId = reported.Person.MemberId;
        report.Nickname = reported.Person.Nickname;
        report.Comment = reported.Comment;
        report.Evidence.Add(reported.Evidence.Select(ToPublic));
        return report;
    }

    private static Report ToPublic(ReportEntry report) => new()
    {
        ReportId = report.Id.Value,
        At = report.At.ToTimestamp(),
        Status = report.Status,
        ReporterId = report.Reporter.Value,
        ReportedId = report.Reported.Value,
        RoomId = report.Room.Value,
        Reason = report.Reason,
    };

    private static Evidence ToPublic(EvidenceLine line) => new()
    {
        MessageId = line.MessageId,
        At = Time(line.At),
        MemberId = line.MemberId,
        Nickname = line.Nickname,
        Text = line.Text,
        EditedAt = line.EditedAt == 0 ? null : Time(line.EditedAt),
        Removed = line.Removed,
    };

    private static Ban ToPublic(BanEntry ban) => new()
    {
        UserId = ban.User.Value,
        Since = Time(ban.Imposed.At),
        Until = ban.Until.ToTimestamp(),
        ByUserId = ban.Imposed.ByUserId,
        ReportId = ban.Imposed.ReportId,
    };

    private static Timestamp Time(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).ToTimestamp();
}
