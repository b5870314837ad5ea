using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Where its child would be restarted, stops it and makes it anew after a pause.</summary>
internal sealed class BackoffOnFailureActor(BackoffSettings settings) : BackoffActor(settings)
{
    private bool _failed;

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(Settings.Strategy.MaxNumberOfRetries, Settings.Strategy.WithinTimeRangeMilliseconds, Decide);

    protected override void ChildStopped()
    {
        var again = _failed && MayTryAgain();
        _failed = false;
        if (again) TryAgainLater();
        else Context.Stop(Self);
    }

    private Directive Decide(Exception cause)
    {
        var directive = Settings.Strategy.Decider.Decide(cause);
        if (directive != Directive.Restart) return directive;
        _failed = true;
        return Directive.Stop;
    }
}
