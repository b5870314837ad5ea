using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Makes its child anew, after a pause, whenever it has stopped.</summary>
internal sealed class BackoffOnStopActor(BackoffSettings settings) : BackoffActor(settings)
{
    protected override SupervisorStrategy SupervisorStrategy() => Settings.Strategy;

    protected override void ChildStopped()
    {
        if (MayTryAgain()) TryAgainLater();
        else Context.Stop(Self);
    }
}
