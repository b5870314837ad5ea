using System.Data.Common;
using Akka.Actor;
using Akka.Event;
using Microsoft.Extensions.Options;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Moderation;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Encryption;

namespace WebChat.Actors.Cluster;

/// <summary>Keeps what a node holds in memory for all its actors the same as on the other nodes, and counts what the node has.</summary>
public sealed class NodeActor : ReceiveActor, IWithTimers
{
    /// <summary>The name in actor paths.</summary>
    public const string Name = "node";

    // A node that cannot be reached when a ban changes, or cannot read the bans, learns of them by then.
    private static readonly TimeSpan ReadBansEvery = TimeSpan.FromSeconds(10);

    private readonly BanHistory _history;
    private readonly Bans _bans;
    private readonly bool _isCluster;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopped = new();
    private long _bansReadTo;

    public NodeActor(BanHistory history, Bans bans, PersonKeys keys, AwakeEntities awake, OpenTransports transports, IOptions<ClusterOptions> cluster)
    {
        _history = history;
        _bans = bans;
        _isCluster = cluster.Value.IsOn;
        Receive<NodeQueries.GetCounts>(_ => Sender.Tell(new NodeReplies.CountsAre(awake.Count(WebChatActors.Rooms), transports.Count)));
        Receive<NodeCommands.ForgetKey>(forget =>
        {
            keys.Forget(forget.UserId);
            Sender.Tell(new Done());
        });
        ReceiveAsync<NodeCommands.ReadBans>(_ => ReadBansAsync());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        if (_isCluster)
            Timers.StartPeriodicTimer(NodeCommands.ReadBans.Instance, NodeCommands.ReadBans.Instance, ReadBansEvery);
    }

    protected override void PostStop()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private async Task ReadBansAsync()
    {
        try
        {
            foreach (var change in await _history.ReadAfter(_bansReadTo, _stopped.Token))
            {
                _bans.Set(change.User, change.Until, change.Reason);
                _bansReadTo = change.Seq;
            }

            Answer(new Done());
        }
        catch (DbException ex)
        {
            _log.Warning(ex, "The bans could not be read");
            Timers.StartSingleTimer(BansUnread.Instance, NodeCommands.ReadBans.Instance, ReadBansEvery);
            Answer(new Status.Failure(ex));
        }
    }

    // Other nodes and the timer do not ask.
    private void Answer(object reply)
    {
        if (!Sender.Equals(Context.System.DeadLetters))
            Sender.Tell(reply);
    }

    private sealed record BansUnread { public static readonly BansUnread Instance = new(); }
}
