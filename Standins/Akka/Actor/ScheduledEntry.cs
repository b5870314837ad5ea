namespace Akka.Actor;

/// <summary>Something that the scheduler does later; it knows its place in the scheduler's heap, so that it can leave it.</summary>
internal sealed class ScheduledEntry(HashedWheelTimerScheduler scheduler, object target, object? message, IActorRef? sender, long interval, ICancelable? cancelable)
{
    /// <summary>When it is due, in the scheduler's ticks.</summary>
    public long Due;

    /// <summary>Its place in the heap; -1 where it is not in it.</summary>
    public int Index = -1;

    /// <summary>After how many ticks it is due again; 0 for once.</summary>
    public long Interval { get; } = interval;

    public bool IsCancelled => cancelable is { IsCancellationRequested: true };

    public void Remove() => scheduler.Remove(this);

    public void Fire()
    {
        if (target is Action action) action();
        else ((ICanTell)target).Tell(message!, sender);
    }
}
