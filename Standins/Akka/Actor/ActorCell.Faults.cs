using System.Runtime.ExceptionServices;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <content>Beginning, failing, restarting and stopping.</content>
internal sealed partial class ActorCell
{
    // Who made the actor fail that now waits for its supervisor: itself, or a child whose failure it escalated.
    private IActorRef? _perpetrator;
    private List<SystemMessage>? _deferred;

    public void Start() => Mailbox.Start();

    public void SystemInvoke(SystemMessage message)
    {
        if (MustWait(message))
        {
            (_deferred ??= []).Add(message);
            return;
        }

        Obey(message);
        while (_deferred is { Count: > 0 })
        {
            var next = IsTerminated ? 0 : _deferred.FindIndex(m => !MustWait(m));
            if (next < 0) break;
            var ready = _deferred[next];
            _deferred.RemoveAt(next);
            if (IsTerminated) ToDeadLetters(ready);
            else Obey(ready);
        }
    }

    /// <summary>The actor has failed: it and its children pause, and its supervisor is asked what to do.</summary>
    public void HandleInvokeFailure(Exception cause) => HandleInvokeFailure(cause, [], null);

    // A failing child's fate is not decided by a supervisor that itself waits for a decision, and nobody is
    // suspended or restarted twice at once.
    private bool MustWait(SystemMessage message) => message switch
    {
        Failed => Mailbox.IsSuspended || _children.IsWaitingToRestart,
        Recreate or Suspend or Resume => _children.IsWaitingToRestart,
        _ => false,
    };

    private void Obey(SystemMessage message)
    {
        try
        {
            switch (message)
            {
                case ActorTask task:
                    task.Execute();
                    break;
                case Create:
                    CreateActor();
                    break;
                case Recreate recreate:
                    FaultRecreate(recreate.Cause);
                    break;
                case Suspend:
                    FaultSuspend();
                    break;
                case Resume resume:
                    FaultResume(resume.CausedByFailure);
                    break;
                case Dispatch.SysMsg.Terminate:
                    Terminate();
                    break;
                case Watch watch:
                    AddWatcher(watch.Watchee, watch.Watcher);
                    break;
                case Unwatch unwatch:
                    RemoveWatcher(unwatch.Watchee, unwatch.Watcher);
                    break;
                case Failed failed:
                    HandleFailed(failed);
                    break;
                case DeathWatchNotification notification:
                    WatchedActorTerminated(notification.Actor, notification.ExistenceConfirmed);
                    break;
            }
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e, [], message is Failed failed && ReferenceEquals(e, failed.Cause) ? failed.Child : null);
        }
    }

    private void HandleInvokeFailure(Exception cause, IReadOnlyCollection<IActorRef> goOn, IActorRef? failedChild)
    {
        if (_perpetrator is not null)
        {
            // The supervisor knows of one failure already, or the actor is stopping and nobody needs to decide.
            PublishError(cause, cause.Message);
            return;
        }

        try
        {
            _perpetrator = failedChild ?? _self;
            Mailbox.Suspend();
            SuspendChildren(failedChild is null ? goOn : [failedChild, .. goOn]);
            _parent.SendSystemMessage(new Failed(_self, cause, _self.Path.Uid));
        }
        catch (Exception e)
        {
            PublishError(e, $"Emergency stop: exception in failure handling for {cause.GetType()}");
            foreach (var child in GetChildren()) Stop(child);
            FinishTerminate();
        }
    }

    private void CreateActor()
    {
        try
        {
            NewActor();
            _actor!.AroundPreStart();
        }
        catch (Exception e)
        {
            RetireInstance(_actor);
            var cause = e is System.Reflection.TargetInvocationException { InnerException: { } inner } ? inner : e;
            throw new ActorInitializationException(_self, $"Exception during creation: {cause.Message}", cause);
        }
    }

    private void FaultSuspend()
    {
        Mailbox.Suspend();
        SuspendChildren([]);
    }

    private void FaultResume(Exception? causedByFailure)
    {
        if (_actor is null && _children.IsNormal)
        {
            // There is nothing to resume in an actor that never began.
            PublishError(causedByFailure ?? new IllegalActorStateException("resumed before it was created"), "Changing Resume into Create");
            FaultCreate();
            return;
        }

        var perpetrator = _perpetrator;
        Mailbox.Resume();
        if (causedByFailure is not null) ClearFailure();
        ResumeChildren(causedByFailure, perpetrator);
    }

    private void FaultRecreate(Exception cause)
    {
        if (!_children.IsNormal)
        {
            // The actor is stopping: all that is left to do is to keep suspending and resuming in balance.
            FaultResume(null);
            return;
        }

        if (_actor is null)
        {
            PublishError(cause, $"Changing Recreate into Create after {cause.Message}");
            FaultCreate();
            return;
        }

        var failed = _actor;
        try
        {
            failed.AroundPreRestart(cause, _message!);
        }
        catch (Exception e)
        {
            var failure = new PreRestartException(_self, e, cause, _message);
            PublishError(failure, e.Message);
        }

        RetireInstance(failed);
        if (!_children.WaitForDying(new ChildrenWait(ChildrenAwaited.ForRecreation, cause))) FinishRecreate(cause);
    }

    // What an instance leaves behind: its timers end, its stash returns to the mailbox.
    private void RetireInstance(ActorBase? instance)
    {
        _timers?.CancelAll();
        _stash?.UnstashAll();
        ReleaseActor(instance);
        _actor = null;
        _message = null;
        _sender = null;
    }

    private void FinishRecreate(Exception cause)
    {
        var survivors = GetChildren();
        Mailbox.Resume();
        ClearFailure();
        try
        {
            var fresh = NewActor();
            fresh.AroundPostRestart(cause, null!);
            // The children that were kept restart only now that their supervisor is up again.
            foreach (var child in survivors) child.Restart(cause);
        }
        catch (Exception e)
        {
            RetireInstance(_actor);
            HandleInvokeFailure(new PostRestartException(_self, e, cause), survivors, null);
        }
    }

    private void FaultCreate()
    {
        StopReceiveTimeout();
        foreach (var child in GetChildren()) Stop(child);
        if (!_children.WaitForDying(new ChildrenWait(ChildrenAwaited.ForCreation))) FinishCreate();
    }

    private void FinishCreate()
    {
        Mailbox.Resume();
        ClearFailure();
        try
        {
            CreateActor();
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e);
        }
    }

    private void ClearFailure() => _perpetrator = null;

    private void HandleFailed(Failed failed)
    {
        // The uid keeps the failure of a child that is gone from its successor of the same name.
        if (_children.StatsOf(failed.Child) is not { } stats || stats.Uid != failed.Uid) return;
        var (message, sender) = (_message, _sender);
        _message = failed;
        _sender = failed.Child;
        bool handled;
        try
        {
            handled = Decider.HandleFailure(this, failed.Child, failed.Cause, stats, _children.AllStats());
        }
        finally
        {
            _message = message;
            _sender = sender;
        }

        if (!handled) ExceptionDispatchInfo.Throw(failed.Cause);
    }

    private SupervisorStrategy Decider => _actor?.Strategy ?? SupervisorStrategy.StoppingStrategy;

    private void Terminate()
    {
        StopReceiveTimeout();
        UnwatchAll();
        foreach (var child in GetChildren()) Stop(child);
        var wasTerminating = IsTerminating;
        if (!_children.WaitForDying(new ChildrenWait(ChildrenAwaited.ForTermination)))
        {
            FinishTerminate();
            return;
        }

        if (wasTerminating) return;
        Mailbox.Suspend();
        // While it stops, nothing that goes wrong concerns the supervisor any more.
        _perpetrator = _self;
    }

    private void FinishTerminate()
    {
        if (IsTerminated) return;
        var actor = _actor;
        _children.SetTerminated();
        try
        {
            actor?.AroundPostStop();
        }
        catch (Exception e)
        {
            PublishError(e, e.Message);
        }

        RetireInstance(actor);
        if (HasSubscriptions) _system.EventStream.Unsubscribe(_self);
        Mailbox.Close();
        _parent.SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: true));
        TellWatchersWeDied();
        UnwatchAll();
        StopReceiveTimeout();
        if (_deferred is not null)
        {
            foreach (var message in _deferred) ToDeadLetters(message);
            _deferred = null;
        }

        _actor = null;
        _stash = null;
        _timers = null;
    }
}
