using System.Net;
using System.Net.WebSockets;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge;

public sealed class ModerationTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private const string NoId = "01a2037c72ad73e38484a9c0ae162d99";
    private static readonly DateTimeOffset Tomorrow = DateTimeOffset.UtcNow.AddDays(1);

    [Fact]
    public async Task A_report_shows_the_room_at_that_time_to_the_admin()
    {
        var (admin, ann, bob) = (await SignUpAdmin(), await server.SignUp("Ann"), await server.SignUp("Bob"));
        var (room, bobs) = await Meet(ann, bob);
        await Say(room, ann, "1", "hello");
        await Say(room, bob, "2", "nasty");
        var edited = (await Say(room, bob, "3", "nastier")).MessageId;
        var removed = (await Say(room, bob, "4", "nastiest")).MessageId;
        var rooms = new RoomService.RoomServiceClient(server.Channel);
        await rooms.EditMessageAsync(new() { RoomId = room, MessageId = edited, Text = "quite nasty" }, Bearer(bob));
        await rooms.RemoveMessageAsync(new() { RoomId = room, MessageId = removed }, Bearer(bob));

        var answer = await server.Call("POST", "/v1/reports", $$"""{"roomId": "{{room}}", "memberId": "{{bobs}}", "reason": "HARASSMENT", "comment": " Look. "}""", ann.AccessToken);
        var receipt = answer.As<ReportReceipt>();
        Assert.DoesNotContain(bob.User.UserId, answer.Text);
        var users = new UserService.UserServiceClient(server.Channel);
        Assert.Equal(receipt, await users.ReportAsync(new() { RoomId = room, MemberId = bobs, Reason = ReportReason.Spam }, Bearer(ann)));
        await Say(room, bob, "5", "said after the report");

        var report = (await server.Call("GET", $"/v1/admin/reports/{receipt.ReportId}", token: admin.AccessToken)).As<Report>();
        Assert.Equal((ann.User.UserId, bob.User.UserId, room, bobs, "Bob"), (report.ReporterId, report.ReportedId, report.RoomId, report.MemberId, report.Nickname));
        Assert.Equal((ReportReason.Harassment, "Look.", Report.Types.Status.Open), (report.Reason, report.Comment, report.Status));
        Assert.Equal(["hello", "nasty", "quite nasty", ""], report.Evidence.Select(line => line.Text));
        Assert.Equal(["Ann", "Bob", "Bob", "Bob"], report.Evidence.Select(line => line.Nickname));
        Assert.Equal([false, false, false, true], report.Evidence.Select(line => line.Removed));
        Assert.Equal([false, false, true, false], report.Evidence.Select(line => line.EditedAt is not null));

        var calls = new AdminService.AdminServiceClient(server.Channel);
        Assert.Equal(report, await calls.GetReportAsync(new() { ReportId = receipt.ReportId }, Bearer(admin)));
        Assert.Contains(receipt.ReportId, (await calls.ListReportsAsync(new(), Bearer(admin))).Reports.Select(listed => listed.ReportId));
        var dismissed = (await server.Call("POST", $"/v1/admin/reports/{receipt.ReportId}:dismiss", "{}", admin.AccessToken)).As<Report>();
        Assert.Equal(Report.Types.Status.Dismissed, dismissed.Status);
        Assert.DoesNotContain(receipt.ReportId, (await Listed("", admin)).Select(listed => listed.ReportId));
        Assert.Contains(receipt.ReportId, (await Listed("?all=true", admin)).Select(listed => listed.ReportId));
    }

    [Theory]
    [InlineData(long.MaxValue, 0)]
    [InlineData(-62_135_596_801, 0)]
    [InlineData(4_102_444_800, -1)]
    public async Task A_ban_until_no_time_of_the_calendar_is_invalid(long seconds, int nanos)
    {
        var admin = await SignUpAdmin();
        var call = new AdminService.AdminServiceClient(server.Channel).BanAsync(new() { UserId = NoId, Until = new Timestamp { Seconds = seconds, Nanos = nanos } }, Bearer(admin));

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal((StatusCode.InvalidArgument, "until"), (refused.StatusCode, refused.Field()));
    }

    [Fact]
    public async Task A_ban_refuses_every_request_on_every_protocol_and_ends_the_sessions_until_it_is_lifted()
    {
        var (admin, ann, bob) = (await SignUpAdmin(), await server.SignUp("Ann"), await server.SignUp("Bob"));
        var (room, bobs) = await Meet(ann, bob);
        var report = (await server.Call("POST", "/v1/reports", $$"""{"roomId": "{{room}}", "memberId": "{{bobs}}", "reason": "SEXUAL"}""", ann.AccessToken)).As<ReportReceipt>();
        await using var client = await server.Connect(bob);

        var ban = (await server.Call("POST", "/v1/admin/bans", $$"""{"reportId": "{{report.ReportId}}", "until": "{{Tomorrow.UtcDateTime:O}}"}""", admin.AccessToken)).As<Ban>();
        Assert.Equal((bob.User.UserId, admin.User.UserId, report.ReportId), (ban.UserId, ban.ByUserId, ban.ReportId));
        Assert.Equal(4403, await client.ClosedAsync());
        var refused = await server.Call("GET", "/v1/profile", token: bob.AccessToken);
        refused.IsError(403, "permission_denied");
        Assert.Contains($"{Tomorrow.UtcDateTime:yyyy-MM-dd'T'HH:mm}", refused.Text);
        Assert.InRange(refused.Response.Headers.RetryAfter!.Delta!.Value.TotalHours, 23.9, 24);
        var users = new UserService.UserServiceClient(server.Channel);
        var denied = await Refused(users.GetProfileAsync(new(), Bearer(bob)));
        Assert.Equal((StatusCode.PermissionDenied, "permission_denied"), (denied.StatusCode, denied.Code()));
        Assert.InRange(denied.RetryAfter()!.Value.TotalMilliseconds, 1, 24 * 3_600_000);
        (await server.Call("POST", "/v1/auth/login", $$"""{"username": "{{bob.User.Username}}", "password": "password"}""")).IsError(403, "permission_denied");
        (await server.Call("POST", "/v1/auth/refresh", $$"""{"refreshToken": "{{bob.RefreshToken}}"}""")).IsError(403, "permission_denied");
        foreach (var transport in System.Enum.GetValues<ChatTransport>())
        {
            await using var banned = await server.Open(transport);
            var answer = await banned.RequestAsync(new() { Hello = new() { AccessToken = bob.AccessToken } });
            Assert.Equal("permission_denied", answer.Error.Code);
            Assert.Equal(4403, await banned.ClosedAsync());
        }

        var calls = new AdminService.AdminServiceClient(server.Channel);
        Assert.Contains(ban, (await calls.ListBansAsync(new(), Bearer(admin))).Bans);
        await calls.UnbanAsync(new() { UserId = bob.User.UserId }, Bearer(admin));
        Assert.DoesNotContain(bob.User.UserId, (await server.Call("GET", "/v1/admin/bans", token: admin.AccessToken)).Text);
        (await server.Call("DELETE", $"/v1/admin/bans/{bob.User.UserId}", token: admin.AccessToken)).IsError(404, "not_found", "user_id");
        (await server.Call("GET", "/v1/profile", token: bob.AccessToken)).As<Profile>();
        (await server.Call("POST", "/v1/auth/refresh", $$"""{"refreshToken": "{{bob.RefreshToken}}"}""")).As<Credentials>();
    }

    [Fact]
    public async Task An_admin_bans_by_user_id_over_gRPC_and_counts()
    {
        var (admin, bob) = (await SignUpAdmin(), await server.SignUp("Bob"));
        var calls = new AdminService.AdminServiceClient(server.Channel);
        var before = await calls.GetCountsAsync(new(), Bearer(admin));

        await calls.BanAsync(new() { UserId = bob.User.UserId, Until = Tomorrow.ToTimestamp() }, Bearer(admin));

        (await server.Call("GET", "/v1/my/rooms", token: bob.AccessToken)).IsError(403, "permission_denied");
        var after = (await server.Call("GET", "/v1/admin/counts", token: admin.AccessToken)).As<Counts>();
        Assert.Equal((before.Banned + 1, before.OpenReports), (after.Banned, after.OpenReports));
        Assert.InRange(after.People, 2, long.MaxValue);
    }

    [Fact]
    public async Task A_user_that_is_not_an_admin_is_denied_every_admin_method()
    {
        var ann = await server.SignUp();
        (string, string)[] all =
        [
            ("GET", "/v1/admin/counts"), ("GET", "/v1/admin/reports"), ("GET", $"/v1/admin/reports/{NoId}"), ("POST", $"/v1/admin/reports/{NoId}:dismiss"),
            ("POST", "/v1/admin/bans"), ("GET", "/v1/admin/bans"), ("DELETE", $"/v1/admin/bans/{NoId}"), ("POST", "/v1/admin:drain"),
        ];
        foreach (var (verb, path) in all)
        {
            (await server.Call(verb, path, verb == "POST" ? "{}" : null, ann.AccessToken)).IsError(403, "permission_denied");
            (await server.Call(verb, path, verb == "POST" ? "{}" : null)).IsError(401, "unauthenticated");
        }

        Assert.Equal(StatusCode.PermissionDenied, (await Refused(new AdminService.AdminServiceClient(server.Channel).GetCountsAsync(new(), Bearer(ann)))).StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v1/admin/reports?pageToken=that", null, 400, "invalid_argument", "page_token")]
    [InlineData("GET", "/v1/admin/reports?all=perhaps", null, 400, "invalid_argument", null)]
    [InlineData("GET", "/v1/admin/reports/that", null, 400, "invalid_argument", "report_id")]
    [InlineData("GET", $"/v1/admin/reports/{NoId}", null, 404, "not_found", "report_id")]
    [InlineData("POST", $"/v1/admin/reports/{NoId}:dismiss", "{}", 404, "not_found", "report_id")]
    [InlineData("POST", "/v1/admin/bans", """{"userId": "01a2037c72ad73e38484a9c0ae162d99"}""", 400, "invalid_argument", "until")]
    [InlineData("POST", "/v1/admin/bans", """{"until": "2999-01-01T00:00:00Z"}""", 400, "invalid_argument", "user_id")]
    [InlineData("POST", "/v1/admin/bans", """{"until": "2999-01-01T00:00:00Z", "userId": "that"}""", 400, "invalid_argument", "user_id")]
    [InlineData("POST", "/v1/admin/bans", """{"until": "2999-01-01T00:00:00Z", "userId": "01a2037c72ad73e38484a9c0ae162d99"}""", 404, "not_found", null)]
    [InlineData("POST", "/v1/admin/bans", """{"until": "2999-01-01T00:00:00Z", "reportId": "01a2037c72ad73e38484a9c0ae162d99"}""", 404, "not_found", "report_id")]
    public async Task An_admins_invalid_request_names_its_fault(string verb, string path, string? json, int status, string code, string? field) =>
        (await server.Call(verb, path, json, (await SignUpAdmin()).AccessToken)).IsError(status, code, field);

    [Theory]
    [InlineData("\"reason\": \"SPAM\", \"comment\": \"\\u0007\"", "comment")]
    [InlineData("\"comment\": \"why not\"", "reason")]
    [InlineData("\"reason\": 99", "reason")]
    public async Task An_invalid_report_names_its_fault(string fields, string field) =>
        (await server.Call("POST", "/v1/reports", $$"""{"roomId": "{{NoId}}", "memberId": "{{NoId}}", {{fields}}}""", (await server.SignUp()).AccessToken))
            .IsError(400, "invalid_argument", field);

    [Fact]
    public async Task Only_fellow_members_can_be_reported()
    {
        var (ann, bob, eve) = (await server.SignUp("Ann"), await server.SignUp("Bob"), await server.SignUp("Eve"));
        var (room, bobs) = await Meet(ann, bob);

        (await ReportOf(eve, room, bobs)).IsError(403, "permission_denied", "room_id");
        (await ReportOf(bob, room, bobs)).IsError(400, "invalid_argument", "member_id");
        (await ReportOf(ann, room, NoId)).IsError(404, "not_found", "member_id");
        (await ReportOf(ann, NoId, bobs)).IsError(404, "not_found", "room_id");
    }

    [Fact]
    public async Task A_reporter_above_the_limit_is_told_when_to_retry()
    {
        await using var strict = await EdgeServer.Start(("WebChat:Moderation:ReportsPerDay", "1"));
        var (ann, bob) = (await strict.SignUp("Ann"), await strict.SignUp("Bob"));
        var first = await Meet(strict, ann, bob);
        var second = await Meet(strict, ann, bob);
        (await ReportOf(strict, ann, first.RoomId, first.MemberId)).As<ReportReceipt>();

        var refused = await ReportOf(strict, ann, second.RoomId, second.MemberId);
        refused.IsError(429, "rate_limited");
        Assert.InRange(refused.Response.Headers.RetryAfter!.Delta!.Value.TotalHours, 23.9, 24);
    }

    [Fact]
    public async Task A_drained_server_closes_all_sockets_and_accepts_none()
    {
        await using var drained = await EdgeServer.Start();
        var ann = await drained.SignUp("Ann");
        var admin = await SignUpAdmin(drained);
        await using var client = await drained.Connect(ann);

        (await drained.Call("POST", "/v1/admin:drain", "{}", admin.AccessToken)).As<DrainResponse>();

        Assert.NotNull((await client.NextAsync(frame => frame.GoAway is not null)).GoAway);
        Assert.Equal(1001, await client.ClosedAsync());
        (await drained.Call("POST", "/v1/match:search", "{}", ann.AccessToken)).IsError(503, "unavailable");
        (await drained.Call("POST", "/v1/auth/signup", """{"username": "new_one", "password": "password", "nickname": "New"}""")).IsError(503, "unavailable");
        await Assert.ThrowsAsync<WebSocketException>(() => drained.Open(ChatTransport.Json));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await drained.Call("GET", "/readyz")).Status);
        (await drained.Call("GET", "/v1/profile", token: ann.AccessToken)).As<Profile>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await drained.Call("GET", "/v1/admin/counts", token: admin.AccessToken)).As<Counts>().Sockets > 0)
            await Task.Delay(1, patience.Token);
    }

    private Task<Credentials> SignUpAdmin() => SignUpAdmin(server);

    private static async Task<Credentials> SignUpAdmin(EdgeServer server)
    {
        var caller = await server.SignUp("Admin");
        await server.Services.GetRequiredService<WebChat.Edge.Services.Region<AccountRegion>>().Ask<Done>(new AccountCommands.SetAdmin(new(caller.User.Username), IsAdmin: true), default);
        return (await server.Call("POST", "/v1/auth/refresh", $$"""{"refreshToken": "{{caller.RefreshToken}}"}""")).As<Credentials>();
    }

    private Task<(string RoomId, string MemberId)> Meet(Credentials owner, Credentials guest) => Meet(server, owner, guest);

    private static async Task<(string RoomId, string MemberId)> Meet(EdgeServer server, Credentials owner, Credentials guest)
    {
        var room = (await server.Call("POST", "/v1/rooms", """{"name": "Tea", "capacity": 3, "open": true}""", owner.AccessToken)).As<Room>();
        var joined = (await server.Call("POST", $"/v1/rooms/{room.RoomId}:join", "{}", guest.AccessToken)).As<Room>();
        return (room.RoomId, joined.Members.Single(member => member.You).MemberId);
    }

    private async Task<Ack> Say(string room, Credentials caller, string id, string text) =>
        (await server.Call("POST", $"/v1/rooms/{room}/messages", $$"""{"clientId": "{{id}}", "text": "{{text}}"}""", caller.AccessToken)).As<Ack>();

    private async Task<IEnumerable<Report>> Listed(string query, Credentials admin) =>
        (await server.Call("GET", $"/v1/admin/reports{query}", token: admin.AccessToken)).As<ListReportsResponse>().Reports;

    private Task<JsonAnswer> ReportOf(Credentials caller, string room, string member) => ReportOf(server, caller, room, member);

    private static Task<JsonAnswer> ReportOf(EdgeServer server, Credentials caller, string room, string member) =>
        server.Call("POST", "/v1/reports", $$"""{"roomId": "{{room}}", "memberId": "{{member}}", "reason": "OTHER"}""", caller.AccessToken);

    private static Metadata Bearer(Credentials caller) => new() { { "authorization", $"Bearer {caller.AccessToken}" } };

    private static async Task<RpcException> Refused<T>(AsyncUnaryCall<T> call) => await Assert.ThrowsAsync<RpcException>(async () => await call);
}
