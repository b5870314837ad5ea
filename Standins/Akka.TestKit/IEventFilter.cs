using Akka.Event;

namespace Akka.TestKit;

/// <summary>Recognizes log events.</summary>
public interface IEventFilter
{
    /// <summary>Whether this is one of those that are looked for.</summary>
    bool Apply(LogEvent logEvent);
}
