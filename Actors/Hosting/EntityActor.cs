using System.Data.Common;
using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Event;
using Akka.Persistence;
using Google.Protobuf;
using WebChat.Actors.Journal.Sealing;
using WebChat.Actors.Users;

namespace WebChat.Actors.Hosting;

/// <summary>
/// An event-sourced entity. It decides on <see cref="State"/>, which runs ahead with every decision, and speaks from
/// <see cref="Durable"/>, which is what the disk has: so the next command need not wait for the last one's commit, and
/// still nobody hears of anything that a power cut could undo.
/// </summary>
public abstract class EntityActor<TState> : ReceivePersistentActor where TState : class, IEntityState<TState>
{
    private const int SnapshotBytesPerEvent = 1_024;

    private readonly Sealer _sealer = DependencyResolver.For(Context.System).Resolver.GetService<Sealer>();
    private readonly Queue<(IActorRef Asker, long Tag)> _unanswered = [];

    // The request that is being received: if it makes this actor fail, its asker is still to hear of it.
    private (IActorRef Asker, long Tag)? _atHand;
    private bool _restarts;
    private readonly int _eventsPerSnapshot = Context.System.Settings.Config.GetInt("webchat.events-per-snapshot");
    private long _snapshotAt;
    private int _snapshotBytes;

    /// <param name="persistenceId">The entity's id in the journal.</param>
    /// <param name="idle">How long nobody must want anything before the entity may rest.</param>
    protected EntityActor(string persistenceId, TimeSpan idle)
    {
        PersistenceId = persistenceId;
        Recover<SnapshotOffer>(offer =>
        {
            State = Durable = TState.FromSnapshot((IMessage)offer.Snapshot);
            _snapshotAt = offer.Metadata.SequenceNr;
            _snapshotBytes = ((IMessage)offer.Snapshot).CalculateSize();
        });
        Recover<IMessage>(journaled => State = Durable = State.Apply(journaled));
        Recover<RecoveryCompleted>(_ =>
        {
            Context.Parent.Tell(Awake.Instance);
            Recovered();
        });
        Command<Rest>(_ => DeferAsync(Rest.Instance, _ => Context.Stop(Self)));
        Command<ReceiveTimeout>(_ =>
        {
            if (MayRest)
                Context.Parent.Tell(Passivate.Instance);
        });
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

    /// <summary>The time by which the entity acts: the scheduler's, which tests may turn.</summary>
    protected static DateTimeOffset Now => Context.System.Scheduler.Now;

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

    /// <summary>Persists events, all or none. Continues when they, and all that was decided before, are on disk.</summary>
    protected void Commit(IReadOnlyList<IMessage> events, Action then) => Commit(events, asker: null, then);

    private void Commit(IReadOnlyList<IMessage> events, (IActorRef, long)? asker, Action then)
    {
        var after = new Queue<(IMessage Journaled, TState State)>(events.Count);
        foreach (var journaled in events)
            after.Enqueue((journaled, State = State.Apply(journaled)));
        var records = Seal(events);

        // From here on, what becomes of the write decides the answer.
        if (asker is { } waiting)
        {
            _unanswered.Enqueue(waiting);
            _atHand = null;
        }

        if (records is null)
        {
            Context.Stop(Self);
        }
        else if (records.Count == 0)
        {
            DeferAsync(Rest.Instance, _ => then());
        }
        else
        {
            PersistAllAsync(records, _ =>
            {
                (var journaled, Durable) = after.Dequeue();
                Happened(journaled);
                if (after.Count > 0)
                    return;
                then();
                SaveSnapshotWhenDue();
            });
        }
    }

    /// <summary>The events as they lie on disk; null if the database does not give or take a key, which is a failed write as well.</summary>
    private List<IMessage>? Seal(IReadOnlyList<IMessage> events)
    {
        try
        {
            return [.. events.Select(journaled => _sealer.Seal(journaled, PersonOf))];
        }
        catch (DbException ex)
        {
            OnPersistFailure(ex, events[0], LastSequenceNr + 1);
            return null;
        }
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

    protected override void PreRestart(Exception reason, object message)
    {
        _restarts = true;
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        if (!_restarts)
            Context.Parent.Tell(Leaving.Instance);
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
        var snapshot = _sealer.Seal(Durable.ToSnapshot(), PersonOf);
        (_snapshotAt, _snapshotBytes) = (LastSequenceNr, snapshot.CalculateSize());
        SaveSnapshot(snapshot);
    }
}
