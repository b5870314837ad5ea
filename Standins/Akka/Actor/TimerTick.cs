namespace Akka.Actor;

/// <summary>One of an actor's timers is due.</summary>
internal sealed class TimerTick(TimerScheduler owner, object key, object message, long generation) : IAutoReceivedMessage
{
    public TimerScheduler Owner { get; } = owner;

    public object Key { get; } = key;

    public object Message { get; } = message;

    public long Generation { get; } = generation;
}
