namespace Akka.Actor;

/// <summary>An actor that is given timers after its construction.</summary>
public interface IWithTimers
{
    /// <summary>The actor's timers.</summary>
    ITimerScheduler Timers { get; set; }
}
