namespace Akka.Persistence.Journal;

/// <summary>Makes what <see cref="IReadEventAdapter.FromJournal"/> gives.</summary>
public static class EventSequence
{
    /// <summary>No event: what was stored plays no part in the recovery.</summary>
    public static readonly IEventSequence Empty = new ManyEvents([]);

    public static IEventSequence Single(object e) => new SingleEventSequence(e);

    public static IEventSequence Create(params object[] events) => new ManyEvents(events);

    public static IEventSequence Create(IEnumerable<object> events) => new ManyEvents(events);

    private sealed class ManyEvents(IEnumerable<object> events) : IEventSequence
    {
        public IEnumerable<object> Events { get; } = events;
    }
}
