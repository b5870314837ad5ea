namespace Akka.Persistence.Journal;

/// <summary>A write adapter; what is read passes as it is.</summary>
internal sealed class WriteOnlyEventAdapter(IWriteEventAdapter writer) : IEventAdapter
{
    public string Manifest(object evt) => writer.Manifest(evt);

    public object ToJournal(object evt) => writer.ToJournal(evt);

    public IEventSequence FromJournal(object evt, string manifest) => EventSequence.Single(evt);
}
