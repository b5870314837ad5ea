namespace Akka.Actor;

/// <summary>
/// An actor's timers, each known by its key. Starting one replaces the one of the same key; after a cancellation
/// nothing of it arrives any more, even what was already in the mailbox. A restart or stop cancels all.
/// </summary>
public interface ITimerScheduler
{
    /// <summary>The keys of the timers that are running.</summary>
    IReadOnlyCollection<object> ActiveTimers { get; }

    /// <summary>Sends the actor <paramref name="msg"/> again and again, first after one <paramref name="interval"/>.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    /// <summary>As without <paramref name="sender"/>, from that sender.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender);

    /// <summary>Sends the actor <paramref name="msg"/> again and again, first after <paramref name="initialDelay"/>.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    /// <summary>As without <paramref name="sender"/>, from that sender.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender);

    /// <summary>Sends the actor <paramref name="msg"/> once, after <paramref name="timeout"/>.</summary>
    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    /// <summary>As without <paramref name="sender"/>, from that sender.</summary>
    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender);

    /// <summary>Whether the timer of a key is running.</summary>
    bool IsTimerActive(object key);

    /// <summary>Cancels the timer of a key, if it runs.</summary>
    void Cancel(object key);

    /// <summary>Cancels all timers.</summary>
    void CancelAll();
}
