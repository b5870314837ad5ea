using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.Persistence;
using Google.Protobuf;
using WebChat.Actors.Journal.Sealing;
using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Actors.Hosting;

/// <summary>
/// An event-sourced entity. It decides on <see cref="State"/>, which runs ahead with every decision, and speaks from
/// <see cref="Durable"/>, which is what the disk has: so the next command need not wait for the last one's commit, and
/// still nobody hears of anything that a power cut could undo.
/// </summary>
public abstract class EntityActor<TState> : ReceivePersistentActor where TState : class, IEntityState<TState>
{
    private const int SnapshotBytesPerEvent = 1_024;

    private readonly Sealer _sealer;
    private readonly FailingEntities _failing;
    private readonly int _eventsPerSnapshot = Context.System.Settings.Config.GetInt("webchat.events-per-snapshot");
    private readonly Queue<(IActorRef Asker, long Tag)> _unanswered = [];

    // The request that is being received: if it makes this actor fail, its asker is still to hear of it.
    private (IActorRef Asker, long Tag)? _atHand;
    private long _snapshotAt;
    private int _snapshotBytes;
    private DateTimeOffset _lastEventAt;

    /// <param name="persistenceId">The entity's id in the journal.</param>
    /// <param name="idle">The time without a message after which the entity asks to be passivated.</param>
    /// <param name="services">What every entity needs.</param>
    protected EntityActor(string persistenceId, TimeSpan idle, EntityServices services)
    {
        PersistenceId = persistenceId;
        (_sealer, _failing) = (services.Sealer, services.Failing);
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
            Recovered();
        });
        Command<Stop>(_ => DeferAsync(Stop.Instance, _ => Context.Stop(Self)));
        Command<ReceiveTimeout>(_ =>
        {
            if (MayRest)
                Passivate();
        });
        Command<SnapshotKeysLoaded>(_ => SaveSnapshot());
        Command<SaveSnapshotSuccess>(saved => DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1)));
        Command<SaveSnapshotFailure>(failed => Log.Warning(failed.Cause, "The snapshot of {0} at {1} was not saved", PersistenceId, failed.Metadata.SequenceNr));
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(failed => Log.Warning(failed.Cause, "Old snapshots of {0} were not deleted", PersistenceId));
        Context.SetReceiveTimeout(idle);
    }

    public sealed override string PersistenceId { get; }

    /// <summary>The newest decision, perhaps not on disk yet.</summary>
    protected TState State { get; private set; } = TState.Initial;

    /// <summary>What is on disk.</summary>
    protected TState Durable { get; private set; } = TState.Initial;

    /// <summary>The time by which the entity acts: the scheduler's, but never before the entity's last event, even if the clock steps back.</summary>
    protected DateTimeOffset Now => Context.System.Scheduler.Now is var now && now > _lastEventAt ? now : _lastEventAt;

    /// <summary>Whether nobody would miss the entity.</summary>
    protected virtual bool MayRest => true;

    /// <summary>The state is back; commands come next.</summary>
    protected virtual void Recovered()
    {
    }

    /// <summary>An event is on disk, and <see cref="Durable"/> is the state right after it.</summary>
    protected virtual void Happened(IMessage journaled)
    {
    }

    /// <summary>Whose a record, or a part of one, is in which something is personal (see personal.proto): on disk it is sealed under that person's key.</summary>
    protected virtual UserId PersonOf(IMessage part) => throw new NotSupportedException($"Nothing here says whose a {part.Descriptor.FullName} is.");

    /// <summary>Carries a decision out and answers the request: with the rejection, or, when the events are on disk, with <paramref name="reply"/>.</summary>
    protected void Carry(Request request, Decision decision, Func<Reply> reply)
    {
        if (decision.Rejection is { } rejection)
        {
            Sender.Tell(rejection with { Tag = request.Tag });
            return;
        }

        Commit(decision.Events, (Sender, request.Tag), () =>
        {
            var (asker, tag) = _unanswered.Dequeue();
            _atHand = (asker, tag);
            asker.Tell(reply() with { Tag = tag });
            _atHand = null;
        });
    }

    /// <summary>Asks the parent to stop the entity once nothing is pending.</summary>
    protected static void Passivate() => Context.Parent.Tell(new Passivate(Stop.Instance));

    /// <summary>Persists events, all or none. Continues when they, and all that was decided before, are on disk.</summary>
    protected void Commit(IReadOnlyList<IMessage> events, Action then) => Commit(events, asker: null, then);

    private void Commit(IReadOnlyList<IMessage> events, (IActorRef, long)? asker, Action then)
    {
        var after = new Queue<(IMessage Journaled, TState State)>(events.Count);
        foreach (var journaled in events)
            after.Enqueue((journaled, Decide(journaled)));

        // From here on, what becomes of the write decides the answer.
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
        if (_sealer.PersonsToLoad(events, PersonOf) is { Count: > 0 } persons)
        {
            AwaitKeys(persons, () => Persist(events, after, then));
            return;
        }

        PersistAllAsync(events.Select(journaled => _sealer.Seal(journaled, PersonOf)), _ =>
        {
            (var journaled, Durable) = after.Dequeue();
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
        _sealer.LoadKeys(persons).PipeTo(Self, Sender, () => KeysLoaded.Instance);
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

    protected override void PostStop()
    {
        if (_atHand is { } failed)
            failed.Asker.Tell(new Rejection(ErrorCode.Internal, "Something went wrong here; it has been noted.") { Tag = failed.Tag });

        // Their events may be on disk or not, so the askers are told to ask again.
        foreach (var (asker, tag) in _unanswered)
            asker.Tell(new Rejection(ErrorCode.Unavailable, "Please try again in a moment.") { Tag = tag });
        base.PostStop();
    }

    // The larger a snapshot is, the more events pass before the next: snapshots cost each event a bounded number of bytes, whatever
    // the size of the state.
    private void SaveSnapshotWhenDue()
    {
        if (LastSequenceNr - _snapshotAt < Math.Max(_eventsPerSnapshot, _snapshotBytes / SnapshotBytesPerEvent))
            return;
        _snapshotAt = LastSequenceNr;
        if (_sealer.PersonsToLoad([Durable.ToSnapshot()], PersonOf) is { Count: > 0 } persons)
            _sealer.LoadKeys(persons).PipeTo(Self, success: () => SnapshotKeysLoaded.Instance, failure: cause => new SaveSnapshotFailure(new(PersistenceId, _snapshotAt, Now.UtcDateTime), cause));
        else
            SaveSnapshot();
    }

    private void SaveSnapshot()
    {
        var snapshot = Durable.ToSnapshot();
        snapshot.At = _lastEventAt.ToUnixTimeMilliseconds();
        var record = _sealer.Seal(snapshot, PersonOf);
        _snapshotBytes = record.CalculateSize();
        SaveSnapshot(record);
    }

    private sealed record Stop { public static readonly Stop Instance = new(); }

    private sealed record KeysLoaded { public static readonly KeysLoaded Instance = new(); }

    private sealed record SnapshotKeysLoaded { public static readonly SnapshotKeysLoaded Instance = new(); }
}
