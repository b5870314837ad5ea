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
    private readonly Dictionary<string, Entity> _entities = [];
    private readonly Dictionary<string, Failure> _failures = [];

    /// <param name="props">Makes an entity from its key.</param>
    /// <param name="failing">Where the entities that fail are noted.</param>
    public EntityRegion(Func<string, Props> props, FailingEntities failing)
    {
        _props = props;
        _failing = failing;
        Receive<IEntityMessage>(Deliver);
        Receive<CountAwake>(_ => Sender.Tell(new AwakeAre(_entities.Count)));
        Receive<Passivate>(_ => LetRest(Sender));
        Receive<Leaving>(_ => EntityOf(Sender)?.Wait());
        Receive<Awake>(_ => _failing.Remove(Self.Path.Name, Sender.Path.Name));
        Receive<Terminated>(gone => Ended(gone.ActorRef));
        Receive<DeadLetter>(AnswerUndelivered);
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(
        maxNrOfRetries: 3,
        withinTimeRange: TimeSpan.FromMinutes(1),
        localOnlyDecider: cause => cause is ActorInitializationException or ActorKilledException ? Directive.Stop : Directive.Restart);

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));

    private void Deliver(IEntityMessage message)
    {
        if (!_entities.TryGetValue(message.EntityId, out var entity))
        {
            if (PauseOf(message.EntityId) is { } pause)
            {
                Refuse(message, Sender, pause);
                return;
            }

            entity = Wake(message.EntityId);
        }

        if (entity.Waiting is { } waiting)
            waiting.Enqueue((message, Sender));
        else
            entity.Actor.Forward(message);
    }

    private Entity Wake(string entityId) => _entities[entityId] = new(Context.Watch(Context.ActorOf(_props(entityId), entityId)));

    private Entity? EntityOf(IActorRef actor) =>
        _entities.TryGetValue(actor.Path.Name, out var entity) && entity.Actor.Equals(actor) ? entity : null;

    private void LetRest(IActorRef actor)
    {
        if (EntityOf(actor) is not { Waiting: null } entity)
            return;
        entity.Rests = true;
        entity.Wait();
        actor.Tell(Rest.Instance);
    }

    private void Ended(IActorRef actor)
    {
        var entityId = actor.Path.Name;
        if (EntityOf(actor) is not { } entity)
            return;
        _entities.Remove(entityId);
        var waiting = entity.Waiting ?? [];
        if (entity.Rests)
        {
            _failures.Remove(entityId);
            if (waiting.Count == 0)
                return;
            var successor = Wake(entityId);
            foreach (var (message, sender) in waiting)
                successor.Actor.Tell(message, sender);
        }
        else
        {
            var pause = Failed(entityId);
            foreach (var (message, sender) in waiting)
                Refuse(message, sender, pause);
        }
    }

    // An entity that stops by itself leaves its mailbox, and what it stashed during its recovery, to the dead letters.
    private void AnswerUndelivered(DeadLetter letter)
    {
        if (letter.Message is Request message && Self.Path.Equals(letter.Recipient.Path.Parent))
            Refuse(message, letter.Sender, PauseOf(message.EntityId) ?? MinBackoff);
    }

    private TimeSpan? PauseOf(string entityId) =>
        _failures.TryGetValue(entityId, out var failure) && failure.Until - Context.System.Scheduler.Now is var pause && pause > TimeSpan.Zero ? pause : null;

    private TimeSpan Failed(string entityId)
    {
        var now = Context.System.Scheduler.Now;
        var before = _failures.TryGetValue(entityId, out var last) && now - last.Until < Forgiveness ? last.Count : 0;
        var pause = MinBackoff * Math.Pow(2, Math.Min(before, 20));
        if (pause > MaxBackoff)
            pause = MaxBackoff;
        _failures[entityId] = new(before + 1, now + pause);
        _failing.Add(Self.Path.Name, entityId, now);
        _log.Error("Entity {0} of {1} has stopped by failure {2}; it rests for {3}", entityId, Self.Path.Name, before + 1, pause);
        return pause;
    }

    private static void Refuse(IEntityMessage message, IActorRef sender, TimeSpan pause)
    {
        if (message is Request request)
            sender.Tell(new Rejection(ErrorCode.Unavailable, "Please try again in a moment.", RetryAfter: pause) { Tag = request.Tag });
        else
            Context.System.DeadLetters.Tell(message, sender);
    }

    private readonly record struct Failure(int Count, DateTimeOffset Until);

    /// <summary>An entity that is awake, until its end is known for sure: a child is gone before its parent hears of it.</summary>
    private sealed class Entity(IActorRef actor)
    {
        public IActorRef Actor => actor;

        /// <summary>Whether it stops because it was let.</summary>
        public bool Rests { get; set; }

        /// <summary>What came since it began to stop; null if it does not.</summary>
        public Queue<(IEntityMessage Message, IActorRef Sender)>? Waiting { get; private set; }

        public void Wait() => Waiting ??= [];
    }
}
