namespace Akka.Persistence.Sql.Storage;

/// <summary>One event as the journal table holds it, without the persistence id that its request names once.</summary>
internal struct EventRow
{
    public long SequenceNr;

    /// <summary>When it was written, in .NET UTC ticks.</summary>
    public long Created;

    public byte[] Message;

    public string? Manifest;

    /// <summary>The serializer's id; null in rows that an older writer left without one.</summary>
    public int? SerializerId;

    /// <summary>Written only; tags are not read back with an event.</summary>
    public IReadOnlyCollection<string>? Tags;

    /// <summary>Read only; what a store writes carries the store's own.</summary>
    public string? WriterUuid;
}
