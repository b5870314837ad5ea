using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>Is told of an event that a filter has recognized.</summary>
public delegate void EventMatched(EventFilterBase eventFilter, LogEvent logEvent);
