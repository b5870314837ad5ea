using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace WebChat.Tests.Actors.Simulation;

/// <summary>The actor system's scheduler, by the simulation's clock. Named in the actor system's configuration.</summary>
public sealed class SimulatedScheduler(Config config, ILoggingAdapter log) : SchedulerBase(config, log)
{
    private readonly Machine _machine = Simulation.Current.Machine;

    protected override DateTimeOffset TimeNow => _machine.Simulation.Now;

    public override TimeSpan MonotonicClock => _machine.Simulation.Elapsed;

    public override TimeSpan HighResMonotonicClock => _machine.Simulation.Elapsed;

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        InternalScheduleOnce(delay, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        InternalScheduleRepeatedly(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) => InternalScheduleOnce(delay, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        InternalScheduleRepeatedly(initialDelay, interval, action.Run, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) => _machine.After(delay, () =>
    {
        if (cancelable?.IsCancellationRequested != true)
            action();
    });

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) => InternalScheduleOnce(
        initialDelay,
        () =>
        {
            action();
            InternalScheduleRepeatedly(interval, interval, action, cancelable);
        },
        cancelable);
}

/// <summary>The platform's clock, by the simulation's. Its timers never fire: no actor has any.</summary>
internal sealed class SimulatedTime(Simulation simulation) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => simulation.Now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => simulation.Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

    private sealed class Never : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
