using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.Persistence;
using Google.Protobuf;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Telemetry;
using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Actors.Hosting;

/// <summary>
/// An event-sourced entity. It decides on <see cref="State"/>, which includes every decision, and replies from
/// <see cref="Durable"/>, which includes only what is on disk. So a command need not wait for the commit of the one before it,
/// and no caller learns of anything that a power cut could undo.
/// </summary>
public abstract class EntityActor<TState> : ReceivePersistentActor where TState : class, IEntityState<TState>
{
    private const int SnapshotBytesPerEvent = 1_024;

    // As in the name of the state: room, user, matcher.
    private static readonly string Type = typeof(TState).Name[..^"State".Length].ToLowerInvariant();

    private readonly PersonalDataCipher _cipher;
    private readonly FailingEntities _failing;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly int _eventsPerSnapshot = Context.System.Settings.Config.GetInt("webchat.events-per-snapshot");
    private readonly Queue<(IActorRef Asker, long Tag)> _unanswered = [];

    // The request that is being received. If it makes this actor fail, its caller still gets an answer.
    private (IActorRef Asker, long Tag)? _atHand;
    private long _snapshotAt;
    private int _snapshotBytes;
    private DateTimeOffset _lastEventAt;

    /// <param name="persistenceId">The entity's id in the journal.</param>
    /// <param name="idle">The time without a message after which the entity asks to be passivated.</param>
    /// <param name="services">The services that every entity needs.</param>
    protected EntityActor(string persistenceId, TimeSpan idle, EntityServices services)
    {
        PersistenceId = persistenceId;
        (_cipher, _failing, Metrics) = (services.Cipher, services.Failing, services.Metrics);
        Recover<SnapshotOffer>(offer =>
        {
            var snapshot = (ISnapshot)offer.Snapshot;
            State = Durable = TState.FromSnapshot(snapshot);
            _snapshotAt = offer.Metadata.SequenceNr;
            _snapshotBytes = snapshot.CalculateSize();
            _lastEventAt = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.At);
        });
        Recover<IEvent>(journaled => Durable = Decide(journaled));
        Recover<RecoveryCompleted>(_ =>
        {
            _failing.Remove(Context.Parent.Path.Name, Self.Path.Name);
            Metrics.Recovered(Stopwatch.GetElapsedTime(_started), Type);
            Recovered();
        });
        Command<Stop>(_ => DeferAsync(Stop.Instance, _ => Context.Stop(Self)));
        Command<ReceiveTimeout>(_ =>
        {
            if (MayRest)
                Passivate();
        });
        Command<SnapshotKeysLoaded>(_ => SaveSnapshot(Durable.ToSnapshot()));
        Command<SaveSnapshotSuccess>(saved => DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1)));
        Command<SaveSnapshotFailure>(failed => Log.Warning(failed.Cause, "The snapshot of {0} at {1} was not saved", PersistenceId, failed.Metadata.SequenceNr));
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(failed => Log.Warning(failed.Cause, "Old snapshots of {0} were not deleted", PersistenceId));
        Context.SetReceiveTimeout(idle);
    }

    public sealed override string PersistenceId { get; }

    /// <summary>The state after all decisions, which may not be on disk yet.</summary>
    protected TState State { get; private set; } = TState.Initial;

    /// <summary>The state on disk.</summary>
    protected TState Durable { get; private set; } = TState.Initial;

    /// <summary>The server's instruments.</summary>
    protected ChatMetrics Metrics { get; }

    /// <summary>The scheduler's time, but never earlier than the entity's last event, even if the clock steps back.</summary>
    protected DateTimeOffset Now => Context.System.Scheduler.Now is var now && now > _lastEventAt ? now : _lastEventAt;

    /// <summary>Whether the idle entity may be passivated.</summary>
    protected virtual bool MayRest => true;

    /// <summary>Called when the state is recovered, before any command.</summary>
    protected virtual void Recovered()
    {
    }

    /// <summary>Called when an event is on disk. <see cref="Durable"/> is the state right after it.</summary>
    protected virtual void Happened(IMessage journaled)
    {
    }

    /// <summary>
    /// The owner of the personal fields of an event, of a snapshot, or of a part of one (see personal.proto). They are encrypted
    /// under the owner's key.
    /// </summary>
    protected virtual UserId PersonOf(IMessage part) => throw new NotSupportedException($"{GetType().Name} does not name the owner of a {part.Descriptor.FullName}.");

    /// <summary>Persists a decision and answers the request: with the rejection, or, when the events are on disk, with <paramref name="reply"/>.</summary>
    protected void Carry(Request request, Decision decision, Func<Reply> reply)
    {
        if (decision.Rejection is { } rejection)
        {
            Sender.Tell(rejection with { Tag = request.Tag });
            return;
        }

        Commit(request, decision.Events, asker => asker.Tell(reply() with { Tag = request.Tag }));
    }

    /// <summary>Persists events as <see cref="Commit(IReadOnlyList{IMessage}, Action)"/> does. If the entity stops before, the sender of the request is told to retry.</summary>
    protected void Commit(Request request, IReadOnlyList<IMessage> events, Action<IActorRef> then) => Commit(events, (Sender, request.Tag), () =>
    {
        var (asker, tag) = _unanswered.Dequeue();
        _atHand = (asker, tag);
        then(asker);
        _atHand = null;
    });

    /// <summary>Asks the parent to stop the entity once nothing is pending.</summary>
    protected static void Passivate() => Context.Parent.Tell(new Passivate(Stop.Instance));

    /// <summary>Persists events, all or none. Continues when they, and all decisions before them, are on disk.</summary>
    protected void Commit(IReadOnlyList<IMessage> events, Action then) => Commit(events, asker: null, then);

    private void Commit(IReadOnlyList<IMessage> events, (IActorRef, long)? asker, Action then)
    {
        var after = new Queue<(IMessage Journaled, TState State)>(events.Count);
        foreach (var journaled in events)
            after.Enqueue((journaled, Decide(journaled)));

        // From here on, the result of the write decides the answer.
        if (asker is { } waiting)
        {
            _unanswered.Enqueue(waiting);
            _atHand = null;
        }

        if (events.Count == 0)
            DeferAsync(Stop.Instance, _ => then());
        else
            Persist(events, after, then);
    }

    private TState Decide(IMessage journaled)
    {
        if (DateTimeOffset.FromUnixTimeMilliseconds(((IEvent)journaled).At) is var at && at > _lastEventAt)
            _lastEventAt = at;
        return State = State.Apply(journaled);
    }

    private void Persist(IReadOnlyList<IMessage> events, Queue<(IMessage Journaled, TState State)> after, Action then)
    {
        if (_cipher.PersonsToLoad(events, PersonOf) is { Count: > 0 } persons)
        {
            AwaitKeys(persons, () => Persist(events, after, then));
            return;
        }

        PersistAllAsync(events.Select(journaled => _cipher.Encrypt(journaled, PersonOf)), _ =>
        {
            (var journaled, Durable) = after.Dequeue();
            Metrics.Persisted();
            Happened(journaled);
            if (after.Count > 0)
                return;
            then();
            SaveSnapshotWhenDue();
        });
    }

    // Later commands wait, so that events are persisted in the order in which they were decided.
    private void AwaitKeys(IReadOnlyCollection<UserId> persons, Action then)
    {
        _cipher.LoadKeys(persons).PipeTo(Self, Sender, () => KeysLoaded.Instance);
        BecomeStacked(() =>
        {
            Command<KeysLoaded>(_ =>
            {
                UnbecomeStacked();
                then();
                Stash.UnstashAll();
            });
            Command<Status.Failure>(failed =>
            {
                Log.Error(failed.Cause, "The keys for events of {0} were not loaded", PersistenceId);
                Context.Stop(Self);
            });
            CommandAny(_ => Stash.Stash());
        });
    }

    protected override bool AroundReceive(Receive receive, object message)
    {
        _atHand = message is Request request ? (Sender, request.Tag) : null;
        var handled = base.AroundReceive(receive, message);
        _atHand = null;
        return handled;
    }

    /// <summary>Stops the actor, as after a failed write: <see cref="State"/> is ahead of the disk for good.</summary>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistRejected(cause, @event, sequenceNr);
        Context.Stop(Self);
    }

    protected override void PreStart()
    {
        base.PreStart();
        Metrics.AddEntities(1, Type);
    }

    protected override void PreRestart(Exception reason, object message)
    {
        Metrics.Restarted(Type);
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        Metrics.AddEntities(-1, Type);
        if (_atHand is { } failed)
            failed.Asker.Tell(new Rejection(ErrorCode.Internal, "Internal error.") { Tag = failed.Tag });

        // Their events may or may not be on disk, so the callers are told to retry.
        foreach (var (asker, tag) in _unanswered)
            asker.Tell(Rejection.TryAgain() with { Tag = tag });
        base.PostStop();
    }

    // The larger a snapshot is, the more events pass before the next: snapshots cost each event a bounded number of bytes, whatever
    // the size of the state.
    private void SaveSnapshotWhenDue()
    {
        if (LastSequenceNr - _snapshotAt < Math.Max(_eventsPerSnapshot, _snapshotBytes / SnapshotBytesPerEvent))
            return;
        _snapshotAt = LastSequenceNr;
        var snapshot = Durable.ToSnapshot();
        if (_cipher.PersonsToLoad([snapshot], PersonOf) is { Count: > 0 } persons)
            _cipher.LoadKeys(persons).PipeTo(Self, success: () => SnapshotKeysLoaded.Instance, failure: cause => new SaveSnapshotFailure(new(PersistenceId, _snapshotAt, Now.UtcDateTime), cause));
        else
            SaveSnapshot(snapshot);
    }

    private void SaveSnapshot(ISnapshot snapshot)
    {
        snapshot.At = _lastEventAt.ToUnixTimeMilliseconds();
        var record = _cipher.Encrypt(snapshot, PersonOf);
        _snapshotBytes = record.CalculateSize();
        SaveSnapshot(record);
    }

    private sealed record KeysLoaded : INoSerializationVerificationNeeded { public static readonly KeysLoaded Instance = new(); }

    private sealed record SnapshotKeysLoaded : INoSerializationVerificationNeeded { public static readonly SnapshotKeysLoaded Instance = new(); }
}

/// <summary>Stops an entity once nothing is pending.</summary>
internal sealed record Stop : INoSerializationVerificationNeeded { public static readonly Stop Instance = new(); }
