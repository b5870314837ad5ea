using Akka.Actor;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WebChat.Actors;
using WebChat.Actors.Cluster;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Moderation;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Cluster;

public sealed class NodeActorTests : TestKit
{
    private static readonly TimeSpan ReadBansEvery = TimeSpan.FromSeconds(10);

    private readonly UserId _ann = UserId.New(DateTimeOffset.UnixEpoch);
    private readonly UserId _admin = UserId.New(DateTimeOffset.UnixEpoch);
    private readonly Bans _bans = new();
    private readonly ActorHost _host;

    public NodeActorTests()
        : this(ActorHost.Start())
    {
    }

    private NodeActorTests(ActorHost host)
        : base(host.System) => _host = host;

    [Fact]
    public async Task A_node_of_a_cluster_learns_of_bans_that_it_was_not_told_of()
    {
        await StartNode();

        await Ask<ReportsReplies.BanIs>(new ReportsCommands.Ban(_ann, _host.Clock.Now.AddDays(1), _admin));
        _host.Clock.Advance(ReadBansEvery);
        AwaitAssert(() => Assert.NotNull(_bans.Refusal(_ann, _host.Clock.Now)));

        await Ask<Done>(new ReportsCommands.Unban(_ann, _admin));
        Assert.NotNull(_bans.Refusal(_ann, _host.Clock.Now));
        _host.Clock.Advance(ReadBansEvery);
        AwaitAssert(() => Assert.Null(_bans.Refusal(_ann, _host.Clock.Now)));
    }

    [Fact]
    public async Task A_node_that_cannot_read_the_bans_says_so_and_goes_on()
    {
        var node = await StartNode();
        await using (var gone = _host.Services.GetRequiredService<JournalDatabase>().Writers.CreateCommand("ALTER TABLE journal RENAME TO gone"))
            await gone.ExecuteNonQueryAsync();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => node.Ask<Done>(NodeCommands.ReadBans.Instance, TimeSpan.FromSeconds(30)));

        Assert.Equal(0, (await node.Ask<NodeReplies.CountsAre>(new NodeQueries.GetCounts(), TimeSpan.FromSeconds(30))).Rooms);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _host.Dispose();
    }

    private async Task<IActorRef> StartNode()
    {
        var services = _host.Services;
        var (history, keys, awake) = (services.GetRequiredService<BanHistory>(), services.GetRequiredService<PersonKeys>(), services.GetRequiredService<AwakeEntities>());
        var cluster = new OptionsWrapper<ClusterOptions>(new() { Host = "node2" });
        var node = Sys.ActorOf(Props.Create(() => new NodeActor(history, _bans, keys, awake, new OpenTransports(), cluster)));
        // The answer shows that the actor has started its timer.
        await node.Ask<ActorIdentity>(new Identify(null), TimeSpan.FromSeconds(30));
        return node;
    }

    private async Task<TReply> Ask<TReply>(ReportsRequest request)
        where TReply : Reply =>
        Assert.IsType<TReply>(await _host.Region<ReportsRegion>().Ask<Reply>(request, TimeSpan.FromSeconds(20)));
}
