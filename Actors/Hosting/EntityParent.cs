using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;

namespace WebChat.Actors.Hosting;

/// <summary>
/// The parent of the entities of one kind: of all of them on a single node, of those of one shard or of the single one in a cluster. It
/// speaks the protocol of a shard region: it delivers messages by entity id, starts entities on demand, and passivates them on
/// <see cref="Passivate"/>. An entity that throws restarts from its journal and keeps its mailbox. An entity that throws too often,
/// cannot recover or cannot persist stays down for a time that doubles with each failure; requests to it are refused meanwhile, with
/// the time that is left.
/// </summary>
public sealed class EntityParent : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan MinBackoff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Forgiveness = TimeSpan.FromMinutes(2);

    private readonly string _region;
    private readonly Func<string, Props> _props;
    private readonly AwakeEntities _counts;
    private readonly FailingEntities _failing;
    private readonly bool _revives;
    private readonly string? _first;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<string, IActorRef> _awake = [];
    private readonly Dictionary<string, Stopping> _stopping = [];
    private readonly Dictionary<string, Failure> _failures = [];
    private bool _isLeaving;

    /// <param name="region">The name of the entities' kind.</param>
    /// <param name="props">Makes an entity from its id.</param>
    /// <param name="counts">Counts the entities.</param>
    /// <param name="failing">Records failed entities.</param>
    /// <param name="revives">Whether a failed entity starts again after its back-off, also if no message comes for it.</param>
    /// <param name="first">The id of an entity to start at once; null: none.</param>
    public EntityParent(string region, Func<string, Props> props, AwakeEntities counts, FailingEntities failing, bool revives, string? first)
    {
        _region = region;
        _props = props;
        _counts = counts;
        _failing = failing;
        _revives = revives;
        _first = first;
        Receive<IEntityMessage>(message => Deliver(message, Sender));
        Receive<Passivate>(passivate => Passivate(Sender, passivate.StopMessage));
        Receive<Terminated>(terminated => Stopped(terminated.ActorRef));
        Receive<Undelivered>(undelivered => Refuse(undelivered, Sender));
        Receive<HandOver>(_ => Leave());
        Receive<Revival>(revival =>
        {
            if (!_awake.ContainsKey(revival.EntityId))
                Start(revival.EntityId);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(
        maxNrOfRetries: 3,
        withinTimeRange: TimeSpan.FromMinutes(1),
        localOnlyDecider: cause => cause is ActorInitializationException or ActorKilledException ? Directive.Stop : Directive.Restart);

    protected override void PreStart()
    {
        if (_first is not null)
            Start(_first);
    }

    protected override void PostStop()
    {
        _counts.Add(_region, -_awake.Count);
        foreach (var entityId in _failures.Keys)
            _failing.Remove(Self.Path.Name, entityId);
    }

    private void Deliver(IEntityMessage message, IActorRef sender)
    {
        if (_stopping.TryGetValue(message.EntityId, out var stopping))
            stopping.Buffer.Enqueue((message, sender));
        else if (_awake.TryGetValue(message.EntityId, out var entity))
            entity.Tell(message, sender);
        else if (_isLeaving)
            Refuse(message, sender, MinBackoff);
        else if (TimeLeft(message.EntityId) is { } left)
            Refuse(message, sender, left);
        else
            Start(message.EntityId).Tell(message, sender);
    }

    private IActorRef Start(string entityId)
    {
        _counts.Add(_region, 1);
        return _awake[entityId] = Context.Watch(Context.ActorOf(_props(entityId), entityId));
    }

    private void Passivate(IActorRef entity, object stopMessage)
    {
        if (IsAwake(entity) && _stopping.TryAdd(entity.Path.Name, new(Passivates: true)))
            entity.Tell(stopMessage);
    }

    private void Stopped(IActorRef entity)
    {
        var entityId = entity.Path.Name;
        _awake.Remove(entityId);
        _counts.Add(_region, -1);
        _stopping.Remove(entityId, out var stopping);
        if (stopping is { Passivates: true })
        {
            _failures.Remove(entityId);
            foreach (var (message, sender) in stopping.Buffer)
                Deliver(message, sender);
        }
        else
        {
            var pause = NoteFailure(entityId);
            foreach (var (message, sender) in stopping?.Buffer ?? [])
                Refuse(message, sender, pause);
            if (_revives)
                Timers.StartSingleTimer(entityId, new Revival(entityId), pause);
        }

        StopWhenLeft();
    }

    // Each entity answers what it has received, and persists what it has decided, before it starts on another node.
    private void Leave()
    {
        _isLeaving = true;
        foreach (var entity in _awake.Values)
            Passivate(entity, Stop.Instance);
        StopWhenLeft();
    }

    private void StopWhenLeft()
    {
        if (_isLeaving && _awake.Count == 0)
            Context.Stop(Self);
    }

    private TimeSpan NoteFailure(string entityId)
    {
        var now = Context.System.Scheduler.MonotonicClock;
        var before = _failures.TryGetValue(entityId, out var last) && now - last.Until < Forgiveness ? last.Count : 0;
        var pause = MinBackoff * Math.Pow(2, Math.Min(before, 20));
        if (pause > MaxBackoff)
            pause = MaxBackoff;
        _failures[entityId] = new(before + 1, now + pause);
        _failing.Add(Self.Path.Name, entityId, Context.System.Scheduler.Now);
        _log.Error("Entity {0} of {1} stopped by failure {2}; it stays down for {3}", entityId, Self.Path.Name, before + 1, pause);
        return pause;
    }

    private void Refuse(Undelivered undelivered, IActorRef sender)
    {
        var request = undelivered.Request;
        if (!IsAwake(undelivered.Entity))
        {
            Refuse(request, sender, TimeLeft(request.EntityId) ?? MinBackoff);
            return;
        }

        if (!_stopping.TryGetValue(request.EntityId, out var stopping))
            _stopping[request.EntityId] = stopping = new(Passivates: false);
        stopping.Buffer.Enqueue((request, sender));
    }

    private bool IsAwake(IActorRef entity) => _awake.TryGetValue(entity.Path.Name, out var awake) && awake.Equals(entity);

    private TimeSpan? TimeLeft(string entityId) =>
        _failures.TryGetValue(entityId, out var failure) && failure.Until - Context.System.Scheduler.MonotonicClock is var left && left > TimeSpan.Zero ? left : null;

    private static void Refuse(IEntityMessage message, IActorRef sender, TimeSpan retryAfter)
    {
        if (message is Request request)
            sender.Tell(Rejection.TryAgain(retryAfter) with { Tag = request.Tag });
        else
            Context.System.DeadLetters.Tell(message, sender);
    }

    /// <summary>Stops all entities, and then the parent, since they move to another node.</summary>
    internal sealed record HandOver : INoSerializationVerificationNeeded { public static readonly HandOver Instance = new(); }

    /// <summary>A request that an entity has left in its mailbox or its stash. It may come before the entity's end is known.</summary>
    internal sealed record Undelivered(Request Request, IActorRef Entity) : INoSerializationVerificationNeeded;

    private sealed record Revival(string EntityId) : INoSerializationVerificationNeeded;

    private readonly record struct Failure(int Count, TimeSpan Until);

    /// <summary>An entity that is stopping, and the messages that have arrived for it since.</summary>
    private sealed record Stopping(bool Passivates)
    {
        public Queue<(IEntityMessage Message, IActorRef Sender)> Buffer { get; } = [];
    }
}
