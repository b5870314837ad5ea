using Akka.Actor;

namespace Akka.Pattern;

/// <summary>What both kinds of backoff supervisors do: pass messages on, pause, and count.</summary>
internal abstract class BackoffActor(BackoffSettings settings) : ActorBase
{
    private bool _finalStop;

    protected BackoffSettings Settings => settings;

    protected IActorRef? Child { get; private set; }

    protected int Restarts { get; private set; }

    protected override void PreStart() => StartChild();

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case BackoffSupervisor.StartChild:
                StartChild();
                break;
            case BackoffSupervisor.ResetRestartCount reset:
                if (reset.Current == Restarts) Restarts = 0;
                break;
            case BackoffSupervisor.Reset:
                if (settings.ManualReset) Restarts = 0;
                else Unhandled(message);
                break;
            case BackoffSupervisor.GetRestartCount:
                Sender.Tell(new BackoffSupervisor.RestartCount(Restarts), Self);
                break;
            case BackoffSupervisor.GetCurrentChild:
                Sender.Tell(new BackoffSupervisor.CurrentChild(Child ?? ActorRefs.Nobody), Self);
                break;
            case Terminated terminated when terminated.ActorRef.Equals(Child):
                Child = null;
                if (_finalStop) Context.Stop(Self);
                else ChildStopped();
                break;
            case Terminated:
                return false;
            default:
                Pass(message);
                break;
        }

        return true;
    }

    /// <summary>What to do now that the child has stopped.</summary>
    protected abstract void ChildStopped();

    /// <summary>Whether one more life is allowed.</summary>
    protected bool MayTryAgain() => settings.Strategy.MaxNumberOfRetries < 0 || Restarts + 1 <= settings.Strategy.MaxNumberOfRetries;

    /// <summary>Makes the child anew after a pause.</summary>
    protected void TryAgainLater()
    {
        Context.System.Scheduler.ScheduleTellOnce(settings.Pause(Restarts), Self, BackoffSupervisor.StartChild.Instance, Self);
        Restarts++;
    }

    private void StartChild()
    {
        if (Child is not null) return;
        Child = Context.Watch(Context.ActorOf(settings.ChildProps, settings.ChildName));
        if (!settings.ManualReset && settings.ResetAfter > TimeSpan.Zero)
            Context.System.Scheduler.ScheduleTellOnce(settings.ResetAfter, Self, new BackoffSupervisor.ResetRestartCount(Restarts), Self);
    }

    private void Pass(object message)
    {
        if (Child is { } child && child.Equals(Sender))
        {
            Context.Parent.Tell(message, Self);
            return;
        }

        if (settings.IsFinalStop?.Invoke(message) == true) _finalStop = true;
        if (Child is { } alive)
        {
            alive.Forward(message);
            return;
        }

        if (settings.ReplyWhileStopped is { } reply) Sender.Tell(reply, Self);
        else Context.System.DeadLetters.Forward(message);
        if (_finalStop) Context.Stop(Self);
    }
}
