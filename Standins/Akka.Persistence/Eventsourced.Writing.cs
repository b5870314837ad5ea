using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence.Internal;

namespace Akka.Persistence;

/// <content>From a command to its events' handlers.</content>
public abstract partial class Eventsourced
{
    private static int LastInstanceId;

    private readonly int _instanceId = Interlocked.Increment(ref LastInstanceId);
    private string? _writerGuid;
    private EventBatch? _collecting;
    private EventBatch? _writing;
    private EventBatch? _spare;

    /// <summary>The last sequence number given to an event.</summary>
    private long _sequenceNr;

    /// <summary>Persisted and deferred events whose handlers have not run.</summary>
    private int _unhandled;

    /// <summary>Those of them that commands wait for.</summary>
    private int _holding;

    private int _groups;
    private bool _inCommand;
    private bool _handling;

    private EventBatch Collecting => _collecting ??= TakeSpare();

    private bool MayTakeCommand => _holding == 0 && !_runningTask && _phase == Phase.Running;

    private int NewGroup() => ++_groups;

    private void Add<T>(T @event, Action<T> handler, int group, bool holdsCommands)
    {
        ArgumentNullException.ThrowIfNull(@event);
        RefuseWhileRecovering();
        _unhandled++;
        if (holdsCommands)
        {
            _holding++;
        }

        Collecting.Add(new PersistEntry
        {
            Event = @event,
            Sender = Sender,
            Handler = handler,
            Invoke = HandlerOf<T>.Invoke,
            Group = group,
            HoldsCommands = holdsCommands,
        });
    }

    private void AddAll<T>(IEnumerable<T> events, Action<T> handler, bool holdsCommands)
    {
        RefuseWhileRecovering();
        var group = NewGroup();
        foreach (var @event in events)
        {
            Add(@event, handler, group, holdsCommands);
        }
    }

    private EventBatch TakeSpare()
    {
        var batch = _spare ?? new EventBatch(this, PersistenceId, Self);
        _spare = null;
        return batch;
    }

    private void Recycle(EventBatch batch)
    {
        batch.Clear();
        _spare = batch;
    }

    private bool ReceiveOwn(Receive receive, IPersistenceMessage message)
    {
        switch (message)
        {
            case EventBatch batch:
                if (batch == _writing && batch.IsDone)
                {
                    Handle(batch);
                    Drain();
                }

                return true;
            case Wake:
                Drain();
                return true;
            case WriteMessageSuccess success when success.ActorInstanceId == _instanceId:
                Answer(success.Persistent.SequenceNr, null, null);
                return true;
            case WriteMessageRejected rejected when rejected.ActorInstanceId == _instanceId:
                Answer(rejected.Persistent.SequenceNr, rejected.Cause, null);
                return true;
            case WriteMessageFailure failure when failure.ActorInstanceId == _instanceId:
                Answer(failure.Persistent.SequenceNr, null, failure.Cause);
                return true;
            case WriteMessageSuccess or WriteMessageRejected or WriteMessageFailure:
            case WriteMessagesSuccessful or WriteMessagesFailed or ReplayedPage or RecoveryPermitGranted or ReplayedMessage or RecoverySuccess or ReplayMessagesFailure:
                return true;
            default:
                return ReceiveNext(receive, message);
        }
    }

    private bool ReceiveNext(Receive receive, object message)
    {
        if (message is RecoveryTick)
        {
            return true;
        }

        if (_stash.HasHeld || !MayTakeCommand)
        {
            _stash.Hold(CurrentEnvelope);
            Drain();
            return true;
        }

        var handled = Process(receive, message);
        Drain();
        return handled;
    }

    private bool Process(Receive receive, object message)
    {
        _inCommand = true;
        try
        {
            return base.AroundReceive(receive, message);
        }
        catch (Exception)
        {
            // If the supervisor decides to resume, nothing else may come to set the waiting commands going.
            Self.Tell(Wake.Instance, ActorRefs.NoSender);
            throw;
        }
        finally
        {
            if (!_runningTask)
            {
                EndCommand();
            }
        }
    }

    /// <summary>Gives commands that were held back their turn, until one of them makes the others wait again.</summary>
    private void Drain()
    {
        while (MayTakeCommand && _stash.TryTake(out var envelope))
        {
            _redelivering = true;
            Redeliver(envelope);
        }
    }

    private void AfterTask()
    {
        if (_phase != Phase.Running)
        {
            return;
        }

        if (_writing is { IsDone: true } interrupted)
        {
            Handle(interrupted);
        }

        EndCommand();

        // The turn of the message that started the task is not over yet: held commands follow in a turn of their own.
        if (_stash.HasHeld)
        {
            Self.Tell(Wake.Instance, ActorRefs.NoSender);
        }
    }

    private void EndCommand()
    {
        _inCommand = false;
        Flush();
    }

    /// <summary>Hands what was collected to the journal, unless the journal still has the batch before it.</summary>
    private void Flush()
    {
        while (_writing is null && _collecting is { Count: > 0 } batch && _phase == Phase.Running && !_handling)
        {
            _collecting = null;
            _writing = batch;
            if (batch.Writes > 0 && Write(batch))
            {
                return;
            }

            batch.IsDone = true;
            Handle(batch);
        }
    }

    private bool Write(EventBatch batch)
    {
        if (Plugin.Direct is { } direct)
        {
            return direct.Append(batch, ref _sequenceNr);
        }

        Journal.Tell(new WriteMessages(AtomicWritesOf(batch), Self, _instanceId), Self);
        return true;
    }

    private List<IPersistentEnvelope> AtomicWritesOf(EventBatch batch)
    {
        _writerGuid ??= Guid.NewGuid().ToString("N");
        var writes = new List<IPersistentEnvelope>();
        var group = ImmutableList.CreateBuilder<IPersistentRepresentation>();
        for (var i = 0; i < batch.Count; i++)
        {
            ref var entry = ref batch[i];
            entry.IsAnswered = entry.IsDeferred;
            if (entry.IsDeferred)
            {
                continue;
            }

            entry.SequenceNr = ++_sequenceNr;
            group.Add(new Persistent(entry.Event, entry.SequenceNr, PersistenceId, sender: entry.Sender, writerGuid: _writerGuid));
            if (!HasSuccessorInGroup(batch, i))
            {
                writes.Add(new AtomicWrite(group.ToImmutable()));
                group.Clear();
            }
        }

        return writes;

        static bool HasSuccessorInGroup(EventBatch batch, int index) =>
            index + 1 < batch.Count && !batch[index + 1].IsDeferred && batch[index + 1].Group == batch[index].Group;
    }

    /// <summary>A journal that is an actor answers event by event.</summary>
    private void Answer(long sequenceNr, Exception? rejection, Exception? failure)
    {
        if (_writing is not { } batch)
        {
            return;
        }

        var open = 0;
        foreach (ref var entry in batch.Entries)
        {
            if (!entry.IsAnswered && entry.SequenceNr == sequenceNr)
            {
                entry.IsAnswered = true;
                entry.Rejection = rejection;
                batch.Failure ??= failure;
            }

            open += entry.IsAnswered ? 0 : 1;
        }

        if (open == 0)
        {
            // A number that was refused last is given to the next event, so that no gap stays.
            for (var i = batch.Count - 1; i >= 0 && (batch[i].IsDeferred || batch[i].Rejection is not null); i--)
            {
                _sequenceNr -= batch[i].IsDeferred ? 0 : 1;
            }

            batch.IsDone = true;
            Handle(batch);
            Drain();
        }
    }

    private void Handle(EventBatch batch)
    {
        if (batch.Failure is { } failure)
        {
            FailWrite(batch, failure);
            return;
        }

        _handling = true;
        try
        {
            while (batch.Handled < batch.Count)
            {
                if (_phase != Phase.Running || _runningTask)
                {
                    return;
                }

                Handle(ref batch[batch.Handled++]);
            }
        }
        catch (Exception)
        {
            // If the supervisor decides to resume, the handlers after this one still have their turn.
            Self.Tell(batch, ActorRefs.NoSender);
            throw;
        }
        finally
        {
            _handling = false;
        }

        _writing = null;
        Recycle(batch);
        Flush();
    }

    private void Handle(ref PersistEntry entry)
    {
        _unhandled--;
        if (entry.HoldsCommands)
        {
            _holding--;
        }

        CurrentEnvelope = new Envelope(entry.Event, entry.Sender);
        if (entry.Rejection is { } rejection)
        {
            OnPersistRejected(rejection, entry.Event, entry.SequenceNr);
            return;
        }

        if (!entry.IsDeferred)
        {
            LastSequenceNr = entry.SequenceNr;
        }

        entry.Invoke(entry.Handler, entry.Event);
    }

    private void FailWrite(EventBatch batch, Exception failure)
    {
        _phase = Phase.Stopped;
        try
        {
            foreach (ref var entry in batch.Entries)
            {
                if (!entry.IsDeferred && entry.Rejection is null)
                {
                    CurrentEnvelope = new Envelope(entry.Event, entry.Sender);
                    OnPersistFailure(failure, entry.Event, entry.SequenceNr);
                    break;
                }
            }
        }
        finally
        {
            Context.Stop(Self);
        }
    }
}
