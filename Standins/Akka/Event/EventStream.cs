namespace Akka.Event;

/// <summary>A system's event stream: its log, its dead letters, and whatever its actors publish.</summary>
public class EventStream : LoggingBus
{
    /// <summary>A stream without subscribers.</summary>
    /// <param name="debug">Kept for those who make their own; nothing is logged about subscriptions.</param>
    public EventStream(bool debug)
    {
    }
}
