using Akka.Actor;
using Akka.Event;
using Akka.Persistence.Internal;

namespace Akka.Persistence;

/// <content>From the permit to <see cref="RecoveryCompleted"/>.</content>
public abstract partial class Eventsourced
{
    private ICancelable? _recoveryTimer;
    private bool _recoveryMoved;
    private Recovery? _recovery;

    private void RequestRecovery()
    {
        _ = Plugin;
        _phase = Phase.WaitingForPermit;
        try
        {
            if (Extension.RecoveryPermits.Request(this, Self))
            {
                BeginRecovery();
            }
        }
        catch (Exception)
        {
            // An actor that does not come to life is not told to stop either, and would keep its permit.
            CancelRecovery();
            throw;
        }
    }

    private void BeginRecovery()
    {
        _recovery = Recovery;
        var timeout = Plugin.RecoveryEventTimeout;
        _recoveryMoved = true;
        _recoveryTimer = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(timeout, timeout, Self, new RecoveryTick(snapshot: false), Self);
        if (_recovery.FromSnapshot.Equals(SnapshotSelectionCriteria.None))
        {
            BeginReplay(_recovery.ToSequenceNr);
            return;
        }

        _phase = Phase.WaitingForSnapshot;
        LoadSnapshot(SnapshotterId, _recovery.FromSnapshot, _recovery.ToSequenceNr);
    }

    private void BeginReplay(long toSequenceNr)
    {
        _phase = Phase.Replaying;
        if (Plugin.Direct is { } direct)
        {
            direct.Replay(new ReplayRequest(this, Self, PersistenceId, LastSequenceNr + 1, toSequenceNr, _recovery!.ReplayMax));
        }
        else
        {
            Journal.Tell(new ReplayMessages(LastSequenceNr + 1, toSequenceNr, _recovery!.ReplayMax, PersistenceId, Self), Self);
        }
    }

    private bool Recover(object message)
    {
        switch (message)
        {
            case RecoveryTick tick:
                CheckProgress(tick);
                break;
            case RecoveryPermitGranted granted when granted.Owner != this:
            case ReplayedPage page when page.Owner != this:
            case EventBatch or WriteMessageSuccess or WriteMessageFailure or WriteMessageRejected or WriteMessagesSuccessful or WriteMessagesFailed or Wake:
                // Meant for an earlier incarnation.
                break;
            case RecoveryPermitGranted when _phase == Phase.WaitingForPermit:
                BeginRecovery();
                break;
            case LoadSnapshotResult loaded when _phase == Phase.WaitingForSnapshot:
                TakeSnapshot(loaded);
                break;
            case LoadSnapshotFailed failed when _phase == Phase.WaitingForSnapshot:
                FailRecovery(failed.Cause, null);
                break;
            case ReplayedPage page when _phase == Phase.Replaying:
                Replay(page);
                break;
            case ReplayedMessage replayed when _phase == Phase.Replaying:
                Replay(replayed.Persistent.SequenceNr, replayed.Persistent.Payload);
                break;
            case RecoverySuccess success when _phase == Phase.Replaying:
                CompleteRecovery(success.HighestSequenceNr);
                break;
            case ReplayMessagesFailure failure when _phase == Phase.Replaying:
                FailRecovery(failure.Cause, null);
                break;
            default:
                _stash.Hold(CurrentEnvelope);
                break;
        }

        return true;
    }

    private void CheckProgress(RecoveryTick tick)
    {
        if (_recoveryMoved)
        {
            _recoveryMoved = false;
            return;
        }

        var awaited = _phase == Phase.WaitingForSnapshot ? "snapshot" : "next event";
        FailRecovery(
            new RecoveryTimedOutException($"Recovery of {PersistenceId} timed out: the {awaited} did not come within {Plugin.RecoveryEventTimeout.TotalSeconds} s."),
            null);
    }

    private void TakeSnapshot(LoadSnapshotResult loaded)
    {
        _recoveryMoved = true;
        if (loaded.Snapshot is { } selected)
        {
            LastSequenceNr = selected.Metadata.SequenceNr;
            var offer = new SnapshotOffer(selected.Metadata, selected.Snapshot);
            if (!TryReceiveRecover(offer))
            {
                return;
            }
        }

        BeginReplay(loaded.ToSequenceNr);
    }

    private void Replay(ReplayedPage page)
    {
        page.Continue?.Invoke();
        _recoveryMoved = true;
        foreach (var replayed in page.Events)
        {
            if (!Replay(replayed.SequenceNr, replayed.Event))
            {
                return;
            }
        }

        if (page.Failure is { } failure)
        {
            FailRecovery(failure, null);
        }
        else if (page.IsLast)
        {
            CompleteRecovery(page.HighestSequenceNr);
        }
    }

    private bool Replay(long sequenceNr, object payload)
    {
        _recoveryMoved = true;
        LastSequenceNr = sequenceNr;
        return TryReceiveRecover(payload);
    }

    private bool TryReceiveRecover(object message)
    {
        try
        {
            if (!ReceiveRecover(message))
            {
                Unhandled(message);
            }
        }
        catch (Exception reason)
        {
            FailRecovery(reason, message);
            return false;
        }

        return _phase != Phase.Stopped;
    }

    private void CompleteRecovery(long highestSequenceNr)
    {
        OnReplaySuccess();
        CancelRecovery();
        LastSequenceNr = Math.Max(highestSequenceNr, LastSequenceNr);
        _sequenceNr = LastSequenceNr;
        _phase = Phase.Running;
        _inCommand = true;
        try
        {
            if (!ReceiveRecover(RecoveryCompleted.Instance))
            {
                Unhandled(RecoveryCompleted.Instance);
            }
        }
        finally
        {
            EndCommand();
        }

        Drain();
    }

    private void FailRecovery(Exception reason, object? message)
    {
        CancelRecovery();
        _phase = Phase.Stopped;
        try
        {
            OnRecoveryFailure(reason, message);
        }
        finally
        {
            Context.Stop(Self);
        }
    }

    private void CancelRecovery()
    {
        _recoveryTimer?.Cancel();
        _recoveryTimer = null;
        _extension?.RecoveryPermits.Return(this);
    }
}
