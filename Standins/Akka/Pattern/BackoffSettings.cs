using Akka.Actor;

namespace Akka.Pattern;

/// <summary>How a backoff supervisor treats its child.</summary>
internal sealed record BackoffSettings(Props ChildProps, string ChildName, TimeSpan MinBackoff, TimeSpan MaxBackoff, double RandomFactor)
{
    public OneForOneStrategy Strategy { get; init; } = new(SupervisorStrategy.DefaultDecider);

    public TimeSpan ResetAfter { get; init; } = MinBackoff;

    public bool ManualReset { get; init; }

    public object? ReplyWhileStopped { get; init; }

    public Func<object, bool>? IsFinalStop { get; init; }

    /// <summary>The pause before the child's next life.</summary>
    public TimeSpan Pause(int restarts)
    {
        var ticks = Math.Min(MaxBackoff.Ticks, MinBackoff.Ticks * Math.Pow(2, restarts)) * (1 + (Random.Shared.NextDouble() * RandomFactor));
        return ticks >= TimeSpan.MaxValue.Ticks ? MaxBackoff : TimeSpan.FromTicks((long)ticks);
    }
}
