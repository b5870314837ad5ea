namespace Akka.Persistence.Journal;

/// <summary>Several adapters bound to one type: each gets what was stored, and what all of them give is recovered.</summary>
public sealed class CombinedReadEventAdapter(IEnumerable<IEventAdapter> adapters) : IEventAdapter
{
    public IEnumerable<IEventAdapter> Adapters { get; } = [.. adapters];

    /// <summary>Not meant for writing.</summary>
    /// <exception cref="NotSupportedException">Always: several adapters can read one event, but only one can write it.</exception>
    public string Manifest(object evt) => throw OnlyForReading();

    /// <inheritdoc cref="Manifest" />
    public object ToJournal(object evt) => throw OnlyForReading();

    /// <inheritdoc />
    public IEventSequence FromJournal(object evt, string manifest) =>
        EventSequence.Create([.. Adapters.SelectMany(adapter => adapter.FromJournal(evt, manifest).Events)]);

    private static NotSupportedException OnlyForReading() =>
        new("More than one event adapter is bound to this type; they can read its events, but none of them can write one.");
}
