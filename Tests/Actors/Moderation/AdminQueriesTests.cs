using Akka.Actor;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Moderation;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.Tests.Databases;
using WebChat.Tests.Requires;
using WebChat.V1;

namespace WebChat.Tests.Actors.Moderation;

public sealed class AdminQueriesTests : TestKit
{
    private readonly UserId _ann = UserId.New(DateTimeOffset.UnixEpoch);
    private readonly UserId _bob = UserId.New(DateTimeOffset.UnixEpoch);
    private ActorHost _host;

    public AdminQueriesTests() : this(ActorHost.Start())
    {
    }

    private AdminQueriesTests(ActorHost host) : base(host.System) => _host = host;

    [Fact]
    public async Task A_report_is_readable_after_a_restart()
    {
        var entry = await Report(_host);

        _host = _host.Restart();
        var report = await Read(_host, entry);

        Assert.Equal((_ann.Value, _bob.Value, "Bob", "See."), (report.ReporterId, report.Person.UserId, report.Person.Nickname, report.Comment));
        Assert.Equal([("Ann", "hello"), ("Bob", "nasty")], report.Evidence.Select(line => (line.Nickname, line.Text)));
        Assert.Equal(ReportReason.Harassment, (await Ask<ReportsReplies.Page>(_host, new ReportsQueries.GetPage(All: false, null, 9))).Reports.Single().Reason);
    }

    [Fact]
    public async Task A_report_loses_the_data_of_a_deleted_user_and_keeps_that_of_the_others()
    {
        var entry = await Report(_host);

        _host.Services.GetRequiredService<PersonKeys>().Destroy(_bob);
        _host = _host.Restart();
        var report = await Read(_host, entry);

        Assert.Equal(("", "See."), (report.Person.Nickname, report.Comment));
        Assert.Equal([("Ann", "hello"), ("", "")], report.Evidence.Select(line => (line.Nickname, line.Text)));
        _host.Services.GetRequiredService<PersonKeys>().Destroy(_ann);
        report = await Read(_host, entry);
        Assert.Equal((_ann.Value, ""), (report.ReporterId, report.Comment));
        Assert.Equal([("", ""), ("", "")], report.Evidence.Select(line => (line.Nickname, line.Text)));
    }

    [Fact]
    public async Task Users_are_counted_once_and_not_after_the_deletion_of_their_account()
    {
        foreach (var user in new[] { _ann, _bob })
        {
            await _host.Region<UserRegion>().Ask<UserReplies.ProfileIs>(new UserCommands.Create(user, "User"));
            await _host.Region<UserRegion>().Ask<UserReplies.ProfileIs>(new UserCommands.UpdateProfile(user, new() { Bio = "Tea" }, ["bio"]));
        }

        await _host.Region<UserRegion>().Ask<Done>(new UserCommands.Delete(_bob));
        Assert.Equal(1, await _host.Services.GetRequiredService<AdminQueries>().CountPeople(default));
    }

    [PostgresFact]
    public async Task PostgreSQL_reads_reports_and_counts_users_alike()
    {
        await using var server = await PostgresServer.Create();
        await using var database = await PostgresDatabase.Create(server);
        using var host = ActorHost.Start(settings: [("WebChat:Database", "postgres"), ("WebChat:ConnectionString", database.ConnectionString)]);

        var report = await Read(host, await Report(host));
        await host.Region<UserRegion>().Ask<UserReplies.ProfileIs>(new UserCommands.Create(_ann, "Ann"));

        Assert.Equal([("Ann", "hello"), ("Bob", "nasty")], report.Evidence.Select(line => (line.Nickname, line.Text)));
        Assert.Equal(1, await host.Services.GetRequiredService<AdminQueries>().CountPeople(default));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _host.Dispose();
    }

    private async Task<ReportEntry> Report(ActorHost host)
    {
        var bob = new RoomMember(MemberId.New(DateTimeOffset.UnixEpoch), _bob, "Bob", Left: false);
        EvidenceLine[] evidence =
        [
            new() { MessageId = "1", UserId = _ann.Value, Nickname = "Ann", Text = "hello" },
            new() { MessageId = "2", UserId = _bob.Value, MemberId = bob.MemberId.Value, Nickname = "Bob", Text = "nasty" },
        ];
        var command = new ReportsCommands.File(_ann, bob, RoomId.New(DateTimeOffset.UnixEpoch), ReportReason.Harassment, new("See."), evidence);
        var filed = await Ask<ReportsReplies.Filed>(host, command);
        return (await Ask<ReportsReplies.ReportIs>(host, new ReportsQueries.GetReport(filed.ReportId))).Report;
    }

    private static Task<Reported> Read(ActorHost host, ReportEntry entry) => host.Services.GetRequiredService<AdminQueries>().ReadReport(entry.Seq, default);

    private static async Task<TReply> Ask<TReply>(ActorHost host, ReportsRequest request)
        where TReply : Reply =>
        Assert.IsType<TReply>(await host.Region<ReportsRegion>().Ask<Reply>(request, TimeSpan.FromSeconds(20)));
}
