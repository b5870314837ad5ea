using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Akka.Persistence.Internal;

namespace Akka.Persistence;

/// <summary>
/// An actor whose state comes from its events: it recovers from the newest snapshot and the events after it, and writes each new
/// event to its journal before it acts on it. Commands wait while it recovers and while an event of <see cref="Persist{T}"/> is written.
/// </summary>
public abstract partial class Eventsourced : ActorBase, IPersistentIdentity, IPersistenceStash, IPersistenceRecovery
{
    private readonly PersistentStash _stash;
    private JournalPlugin? _journal;
    private SnapshotPlugin? _snapshotStore;
    private PersistenceExtension? _extension;
    private ILoggingAdapter? _log;
    private Phase _phase = Phase.Created;
    private int _stashedEnvelope = -1;
    private bool _runningTask;
    private bool _redelivering;

    protected Eventsourced() => _stash = new PersistentStash(this);

    private enum Phase
    {
        Created,
        WaitingForPermit,
        WaitingForSnapshot,
        Replaying,
        Running,
        Stopped,
    }

    /// <inheritdoc />
    public abstract string PersistenceId { get; }

    /// <inheritdoc />
    public string JournalPluginId { get; protected set; } = string.Empty;

    /// <inheritdoc />
    public string SnapshotPluginId { get; protected set; } = string.Empty;

    /// <summary>From where and how far this actor is recovered; the newest snapshot and all events after it unless overridden.</summary>
    public virtual Recovery Recovery => Recovery.Default;

    /// <summary>The name under which snapshots are kept.</summary>
    public string SnapshotterId => PersistenceId;

    /// <summary>The actor's own stash. What is taken back comes before the commands that wait for a write.</summary>
    public IStash Stash
    {
        get => _stash;
        set
        {
            // An actor system offers every actor with a stash one that puts messages back into its mailbox.
            // This actor holds commands back itself, and only its own stash knows where among them a message belongs.
        }
    }

    /// <summary>The journal's actor.</summary>
    public IActorRef Journal => Plugin.Actor;

    /// <summary>The snapshot store's actor.</summary>
    public IActorRef SnapshotStore => (_snapshotStore ??= Extension.SnapshotPluginFor(SnapshotPluginId)).Actor;

    /// <summary>The sequence number of the event last replayed or last handled.</summary>
    public long LastSequenceNr { get; private set; }

    /// <summary>The sequence number that a snapshot made now gets.</summary>
    public long SnapshotSequenceNr => LastSequenceNr;

    /// <summary>Whether the actor still recovers.</summary>
    public bool IsRecovering => _phase < Phase.Running;

    /// <summary>Whether the actor has recovered.</summary>
    public bool IsRecoveryFinished => !IsRecovering;

    protected PersistenceExtension Extension => _extension ??= Persistence.Instance.Apply(Context.System);

    protected ILoggingAdapter Log => _log ??= Context.GetLogger();

    private JournalPlugin Plugin => _journal ??= Extension.JournalPluginFor(JournalPluginId);

    /// <summary>
    /// Writes an event and then handles it. Commands wait until the handler has run; the handler sees the command's sender.
    /// </summary>
    /// <exception cref="InvalidOperationException">The actor recovers.</exception>
    public void Persist<T>(T @event, Action<T> handler) => Add(@event, handler, NewGroup(), holdsCommands: true);

    /// <summary>Writes an event and then handles it; commands go on in the meantime. Handlers run in the order of the calls.</summary>
    /// <exception cref="InvalidOperationException">The actor recovers.</exception>
    public void PersistAsync<T>(T @event, Action<T> handler) => Add(@event, handler, NewGroup(), holdsCommands: false);

    /// <summary>Writes events together or not at all and then handles each of them. Commands wait until the last handler has run.</summary>
    /// <exception cref="InvalidOperationException">The actor recovers.</exception>
    public void PersistAll<T>(IEnumerable<T> events, Action<T> handler) => AddAll(events, handler, holdsCommands: true);

    /// <summary>Writes events together or not at all and then handles each of them; commands go on in the meantime.</summary>
    /// <exception cref="InvalidOperationException">The actor recovers.</exception>
    public void PersistAllAsync<T>(IEnumerable<T> events, Action<T> handler) => AddAll(events, handler, holdsCommands: false);

    /// <summary>Runs a handler after those of all events persisted so far; at once if there is none. Nothing is written.</summary>
    /// <exception cref="InvalidOperationException">The actor recovers.</exception>
    public void DeferAsync<T>(T evt, Action<T> handler)
    {
        RefuseWhileRecovering();
        if (_unhandled == 0)
        {
            handler(evt);
            return;
        }

        _unhandled++;
        Collecting.Add(new PersistEntry { Event = evt!, Sender = Sender, Handler = handler, Invoke = HandlerOf<T>.Invoke, IsDeferred = true });
    }

    /// <summary>Deletes events up to a sequence number; answered with <see cref="DeleteMessagesSuccess"/> or <see cref="DeleteMessagesFailure"/>.</summary>
    public void DeleteMessages(long toSequenceNr)
    {
        if (toSequenceNr == long.MaxValue || toSequenceNr <= LastSequenceNr)
        {
            Journal.Tell(new DeleteMessagesTo(PersistenceId, toSequenceNr, Self), Self);
        }
        else
        {
            Self.Tell(new DeleteMessagesFailure(
                new ArgumentOutOfRangeException(nameof(toSequenceNr), toSequenceNr, $"The last sequence number of {PersistenceId} is {LastSequenceNr}."),
                toSequenceNr));
        }
    }

    /// <summary>Asks for the newest snapshot that fits; answered with <see cref="LoadSnapshotResult"/> or <see cref="LoadSnapshotFailed"/>.</summary>
    public void LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr) =>
        SnapshotStore.Tell(new LoadSnapshot(persistenceId, criteria, toSequenceNr), Self);

    /// <summary>
    /// Keeps a snapshot of the state after the event last handled; answered with <see cref="SaveSnapshotSuccess"/> or
    /// <see cref="SaveSnapshotFailure"/>. It is serialized later, on another thread, and so must not change.
    /// </summary>
    public void SaveSnapshot(object snapshot) =>
        SnapshotStore.Tell(new SaveSnapshot(new SnapshotMetadata(SnapshotterId, SnapshotSequenceNr), snapshot), Self);

    /// <summary>Deletes one snapshot; answered with <see cref="DeleteSnapshotSuccess"/> or <see cref="DeleteSnapshotFailure"/>.</summary>
    public void DeleteSnapshot(long sequenceNr) =>
        SnapshotStore.Tell(new DeleteSnapshot(new SnapshotMetadata(SnapshotterId, sequenceNr)), Self);

    /// <summary>Deletes the snapshots that fit; answered with <see cref="DeleteSnapshotsSuccess"/> or <see cref="DeleteSnapshotsFailure"/>.</summary>
    public void DeleteSnapshots(SnapshotSelectionCriteria criteria) =>
        SnapshotStore.Tell(new DeleteSnapshots(SnapshotterId, criteria), Self);

    /// <inheritdoc />
    public override void AroundPreStart()
    {
        if (string.IsNullOrWhiteSpace(PersistenceId))
        {
            throw new ArgumentException($"PersistenceId is [{PersistenceId}] for actor [{Self.Path}]. It must not be null or blank.");
        }

        base.AroundPreStart();
        RequestRecovery();
    }

    /// <inheritdoc />
    public override void AroundPostRestart(Exception reason, object message)
    {
        base.AroundPostRestart(reason, message);
        RequestRecovery();
    }

    /// <inheritdoc />
    public override void AroundPreRestart(Exception cause, object message)
    {
        try
        {
            Leave();
        }
        finally
        {
            base.AroundPreRestart(cause, message);
        }
    }

    /// <inheritdoc />
    public override void AroundPostStop()
    {
        try
        {
            Leave();
        }
        finally
        {
            base.AroundPostStop();
        }
    }

    internal Envelope EnvelopeToStash()
    {
        if (_phase != Phase.Running || _handling || CurrentEnvelope.Message is IJournalResponse)
        {
            throw new IllegalActorStateException("A persistent actor can stash a command, but neither an event that it recovers nor one that it handles.");
        }

        if (_stashedEnvelope == Cell.CurrentEnvelopeId)
        {
            throw new IllegalActorStateException($"The message [{CurrentEnvelope.Message}] is stashed already.");
        }

        _stashedEnvelope = Cell.CurrentEnvelopeId;
        return CurrentEnvelope;
    }

    /// <summary>Sees to it that commands taken back from the stash get their turn even if no other message comes.</summary>
    internal void WakeUp()
    {
        if (!_handling && !_inCommand)
        {
            Self.Tell(Wake.Instance, ActorRefs.NoSender);
        }
    }

    protected internal override bool AroundReceive(Receive receive, object message)
    {
        if (_redelivering)
        {
            _redelivering = false;
            return Process(receive, message);
        }

        switch (_phase)
        {
            case Phase.Running:
                return message is IPersistenceMessage own ? ReceiveOwn(receive, own) : ReceiveNext(receive, message);
            case Phase.Stopped:
                return true;
            default:
                return Recover(message);
        }
    }

    /// <summary>Handles a snapshot offer, an event, or the end of the recovery. False for what it does not know.</summary>
    protected abstract bool ReceiveRecover(object message);

    /// <summary>Handles a command. False for what it does not know.</summary>
    protected abstract bool ReceiveCommand(object message);

    /// <summary>Called when a recovery failed; the actor is stopped after it. Logs the failure.</summary>
    /// <param name="reason">What went wrong.</param>
    /// <param name="message">The event at which it went wrong, if it was one.</param>
    protected virtual void OnRecoveryFailure(Exception reason, object? message = null)
    {
        if (message is null)
        {
            Log.Error(reason, "Recovery of persistence id [{0}] failed after sequence number [{1}].", PersistenceId, LastSequenceNr);
        }
        else
        {
            Log.Error(reason, "Recovery of persistence id [{0}] failed at sequence number [{1}] with [{2}].", PersistenceId, LastSequenceNr, message.GetType());
        }
    }

    /// <summary>Called when the last event was replayed, before <see cref="RecoveryCompleted"/>.</summary>
    protected virtual void OnReplaySuccess()
    {
    }

    /// <summary>
    /// Called when an event could not be written; the actor is stopped after it, since whether the event is on disk is not certain.
    /// Logs the failure. Runs with the command's sender.
    /// </summary>
    protected virtual void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "Writing event [{0}] with sequence number [{1}] of persistence id [{2}] failed.", @event.GetType(), sequenceNr, PersistenceId);

    /// <summary>
    /// Called when an event was refused before it was written, as when it cannot be serialized; its handler does not run and the actor goes on.
    /// Logs the refusal. Runs with the command's sender.
    /// </summary>
    protected virtual void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "Event [{0}] with sequence number [{1}] of persistence id [{2}] was rejected.", @event.GetType(), sequenceNr, PersistenceId);

    /// <summary>Runs an asynchronous operation as part of this message's turn: nothing else is received until it ends.</summary>
    protected void RunTask(Func<Task> action)
    {
        _runningTask = true;
        ActorTaskScheduler.RunTask(async () =>
        {
            try
            {
                await action();
            }
            finally
            {
                _runningTask = false;
                AfterTask();
            }
        });
    }

    /// <inheritdoc />
    protected override void Unhandled(object message)
    {
        switch (message)
        {
            case RecoveryCompleted:
                break;
            case SaveSnapshotFailure failure:
                Log.Warning("Saving a snapshot of persistence id [{0}] at sequence number [{1}] failed: {2}", PersistenceId, failure.Metadata.SequenceNr, failure.Cause);
                break;
            case DeleteSnapshotFailure failure:
                Log.Warning("Deleting the snapshot of persistence id [{0}] at sequence number [{1}] failed: {2}", PersistenceId, failure.Metadata.SequenceNr, failure.Cause);
                break;
            case DeleteSnapshotsFailure failure:
                Log.Warning("Deleting snapshots {0} of persistence id [{1}] failed: {2}", failure.Criteria, PersistenceId, failure.Cause);
                break;
            case DeleteMessagesFailure failure:
                Log.Warning("Deleting events of persistence id [{0}] up to sequence number [{1}] failed: {2}", PersistenceId, failure.ToSequenceNr, failure.Cause);
                break;
            default:
                base.Unhandled(message);
                break;
        }
    }

    private void RefuseWhileRecovering()
    {
        if (IsRecovering)
        {
            throw new InvalidOperationException("An event cannot be persisted during recovery; it can from RecoveryCompleted on.");
        }
    }

    /// <summary>An incarnation ends: its permit goes back, and what it held goes to the next one, or to dead letters.</summary>
    private void Leave()
    {
        _phase = Phase.Stopped;
        CancelRecovery();
        ReturnToMailbox(_stash.TakeAll());
    }
}
