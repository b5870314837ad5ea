namespace Akka.Persistence.Journal;

/// <summary>A read adapter; what is written passes as it is.</summary>
internal sealed class ReadOnlyEventAdapter(IReadEventAdapter reader) : IEventAdapter
{
    public string Manifest(object evt) => string.Empty;

    public object ToJournal(object evt) => evt;

    public IEventSequence FromJournal(object evt, string manifest) => reader.FromJournal(evt, manifest);
}
