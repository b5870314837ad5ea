using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using WebChat.Actors;
using WebChat.Actors.Cluster;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Moderation;
using WebChat.Actors.Persistence;
using WebChat.Actors.Users;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;
using WebChat.Edge.Sessions;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>The methods of admins.</summary>
[Authorize]
[EnableRateLimiting(RateLimits.Reads)]
public sealed class AdminService(
    Region<ReportsRegion> reports, Region<UserRegion> users, Region<MatcherRegion> matcher, Nodes nodes, AdminQueries queries, SessionGate gate)
    : V1.AdminService.AdminServiceBase
{
    public override async Task<Counts> GetCounts(GetCountsRequest request, ServerCallContext context)
    {
        context.Admin();
        var cancellation = context.CancellationToken;
        var people = queries.CountPeople(cancellation);
        var counts = nodes.AskReachableAsync<NodeReplies.CountsAre>(new NodeQueries.GetCounts(), cancellation);
        var waiting = matcher.Ask<MatcherReplies.WaitingAre>(new MatcherQueries.CountWaiting(), cancellation);
        var open = reports.Ask<ReportsReplies.OpenAre>(new ReportsQueries.CountOpen(), cancellation);
        var bans = reports.Ask<ReportsReplies.BansAre>(new ReportsQueries.GetBans(), cancellation);
        return new()
        {
            People = await people,
            Rooms = (await counts).Sum(node => node.Rooms),
            Sockets = (await counts).Sum(node => node.Sockets),
            Waiting = (await waiting).Count,
            OpenReports = (await open).Count,
            Banned = (await bans).Bans.Count,
        };
    }

    public override async Task<ListReportsResponse> ListReports(ListReportsRequest request, ServerCallContext context)
    {
        context.Admin();
        var query = new ReportsQueries.GetPage(request.All, Fields.ReportPage(request.PageToken), Fields.PageSize(request.PageSize));
        var page = await reports.Ask<ReportsReplies.Page>(query, context.CancellationToken);
        return new() { Reports = { page.Reports.Select(ToPublic) }, NextPageToken = page.More ? page.Reports[^1].Id.Value : "" };
    }

    public override Task<Report> GetReport(GetReportRequest request, ServerCallContext context)
    {
        context.Admin();
        return Whole(new ReportsQueries.GetReport(Fields.ReportId(request.ReportId)), context.CancellationToken);
    }

    public override Task<Report> DismissReport(DismissReportRequest request, ServerCallContext context)
    {
        var admin = context.Admin();
        return Whole(new ReportsCommands.Dismiss(Fields.ReportId(request.ReportId), admin), context.CancellationToken);
    }

    public override async Task<Ban> Ban(BanRequest request, ServerCallContext context)
    {
        var (admin, cancellation) = (context.Admin(), context.CancellationToken);
        var until = Fields.Until(request.Until);
        ReportsRequest command = request.SubjectCase switch
        {
            BanRequest.SubjectOneofCase.ReportId => new ReportsCommands.BanReported(Fields.ReportId(request.ReportId), until, admin),
            BanRequest.SubjectOneofCase.UserId => new ReportsCommands.Ban(await Existing(Fields.UserId(request.UserId), cancellation), until, admin),
            _ => throw RejectedException.Invalid("user_id", "or report_id must be set"),
        };
        return ToPublic((await reports.Ask<ReportsReplies.BanIs>(command, cancellation)).Ban);
    }

    public override async Task<UnbanResponse> Unban(UnbanRequest request, ServerCallContext context)
    {
        var admin = context.Admin();
        await reports.Ask<Done>(new ReportsCommands.Unban(Fields.UserId(request.UserId), admin), context.CancellationToken);
        return new();
    }

    public override async Task<ListBansResponse> ListBans(ListBansRequest request, ServerCallContext context)
    {
        context.Admin();
        return new() { Bans = { (await reports.Ask<ReportsReplies.BansAre>(new ReportsQueries.GetBans(), context.CancellationToken)).Bans.Select(ToPublic) } };
    }

    public override async Task<DrainResponse> Drain(DrainRequest request, ServerCallContext context)
    {
        await reports.Ask<Done>(new ReportsCommands.NoteDrain(context.Admin()), context.CancellationToken);
        await gate.DrainAsync(context.CancellationToken);
        return new();
    }

    private async Task<UserId> Existing(UserId user, CancellationToken cancellation)
    {
        await users.Ask<UserReplies.ProfileIs>(new UserQueries.GetProfile(user), cancellation);
        return user;
    }

    private async Task<Report> Whole(ReportsRequest request, CancellationToken cancellation)
    {
        var entry = (await reports.Ask<ReportsReplies.ReportIs>(request, cancellation)).Report;
        var reported = await queries.ReadReport(entry.Seq, cancellation);
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
