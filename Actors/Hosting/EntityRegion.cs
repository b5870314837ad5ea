using Akka.Actor;
using Akka.Event;

namespace WebChat.Actors.Hosting;

/// <summary>
/// Delivers messages to entities by their key, waking those that rest. An entity that throws is restarted from its
/// journal with its mailbox kept; one that throws too often, cannot recover or cannot write is left alone for a while
/// that doubles each time, and whoever asks for it meanwhile is told to try again.
/// </summary>
public sealed class EntityRegion : ReceiveActor
{
    private static readonly TimeSpan MinBackoff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Forgiveness = TimeSpan.FromMinutes(2);

    private readonly Func<string, Props> _props;
    private readonly FailingEntities _failing;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<IActorRef, Queue<(object Message, IActorRef Sender)>> _resting = [];
    private readonly Dictionary<string, Failure> _failures = [];

    /// <param name="props">Makes an entity from its key.</param>
    /// <param name="failing">Where the entities that fail are noted.</param>
    public EntityRegion(Func<string, Props> props, FailingEntities failing)
    {
        _props = props;
        _failing = failing;
        Receive<IEntityMessage>(Deliver);
        Receive<Passivate>(_ => LetRest(Sender));
        Receive<Awake>(_ => _failing.Remove(Self.Path.Name, Sender.Path.Name));
        Receive<Terminated>(gone => Ended(gone.ActorRef));
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(
        maxNrOfRetries: 3,
        withinTimeRange: TimeSpan.FromMinutes(1),
        localOnlyDecider: cause => cause is ActorInitializationException or ActorKilledException ? Directive.Stop : Directive.Restart);

    private void Deliver(IEntityMessage message)
    {
        var child = Context.Child(message.EntityId);
        if (child.IsNobody())
        {
            if (_failures.TryGetValue(message.EntityId, out var failure) && failure.Until > Context.System.Scheduler.Now)
            {
                Refuse(message, failure.Until - Context.System.Scheduler.Now);
                return;
            }

            child = Wake(message.EntityId);
        }

        if (_resting.TryGetValue(child, out var waiting))
            waiting.Enqueue((message, Sender));
        else
            child.Forward(message);
    }

    private IActorRef Wake(string entityId) => Context.Watch(Context.ActorOf(_props(entityId), entityId));

    private void LetRest(IActorRef child)
    {
        if (_resting.TryAdd(child, new()))
            child.Tell(Rest.Instance);
    }

    private void Ended(IActorRef child)
    {
        if (!_resting.Remove(child, out var waiting))
        {
            Failed(child.Path.Name);
            return;
        }

        _failures.Remove(child.Path.Name);
        if (waiting.Count == 0)
            return;
        var successor = Wake(child.Path.Name);
        foreach (var (message, sender) in waiting)
            successor.Tell(message, sender);
    }

    private void Failed(string entityId)
    {
        var now = Context.System.Scheduler.Now;
        var before = _failures.TryGetValue(entityId, out var last) && now - last.Until < Forgiveness ? last.Count : 0;
        var pause = MinBackoff * Math.Pow(2, Math.Min(before, 20));
        if (pause > MaxBackoff)
            pause = MaxBackoff;
        _failures[entityId] = new(before + 1, now + pause);
        _failing.Add(Self.Path.Name, entityId, now);
        _log.Error("Entity {0} of {1} has stopped by failure {2}; it rests for {3}", entityId, Self.Path.Name, before + 1, pause);
    }

    private void Refuse(IEntityMessage message, TimeSpan pause)
    {
        if (message is Request request)
            Sender.Tell(new Rejection(ErrorCode.Unavailable, "Please try again in a moment.", RetryAfter: pause) { Tag = request.Tag });
        else
            Context.System.DeadLetters.Tell(message, Sender);
    }

    private readonly record struct Failure(int Count, DateTimeOffset Until);
}
