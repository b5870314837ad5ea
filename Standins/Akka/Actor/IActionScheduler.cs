namespace Akka.Actor;

/// <summary>Runs delegates later, on the scheduler's own thread: they must be short and must not block.</summary>
public interface IActionScheduler
{
    /// <summary>Runs a delegate after a time.</summary>
    void ScheduleOnce(TimeSpan delay, Action action);

    /// <summary>Runs a delegate after a time, unless it is called off.</summary>
    void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable);

    /// <summary>Runs a delegate after a time, and then again and again.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action);

    /// <summary>Runs a delegate after a time, and then again and again until it is called off.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable);
}
