using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>Recognizes events that a predicate accepts.</summary>
internal sealed class PredicateFilter(string name, Predicate<LogEvent> accepts) : EventFilterBase(null, null)
{
    protected override string FilterDescriptiveName => name;

    protected override bool IsMatch(LogEvent evt) => accepts(evt);
}
