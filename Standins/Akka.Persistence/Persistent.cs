using Akka.Actor;

namespace Akka.Persistence;

/// <summary>An event on its way to or from a journal.</summary>
public class Persistent : IPersistentRepresentation
{
    public Persistent(
        object payload,
        long sequenceNr = 0,
        string? persistenceId = null,
        string? manifest = null,
        bool isDeleted = false,
        IActorRef? sender = null,
        string? writerGuid = null,
        long timestamp = 0)
    {
        Payload = payload;
        SequenceNr = sequenceNr;
        PersistenceId = persistenceId ?? Undefined;
        Manifest = manifest ?? Undefined;
        IsDeleted = isDeleted;
        Sender = sender!;
        WriterGuid = writerGuid ?? Undefined;
        Timestamp = timestamp;
    }

    /// <summary>What stands for a text that nobody gave.</summary>
    public static string Undefined { get; } = string.Empty;

    /// <inheritdoc />
    public object Payload { get; }

    /// <inheritdoc />
    public string Manifest { get; }

    /// <inheritdoc />
    public string PersistenceId { get; }

    /// <inheritdoc />
    public long SequenceNr { get; }

    /// <inheritdoc />
    public long Timestamp { get; }

    /// <inheritdoc />
    public string WriterGuid { get; }

    /// <inheritdoc />
    public bool IsDeleted { get; }

    /// <inheritdoc />
    public IActorRef Sender { get; }

    /// <inheritdoc />
    public IPersistentRepresentation WithPayload(object payload) =>
        new Persistent(payload, SequenceNr, PersistenceId, Manifest, IsDeleted, Sender, WriterGuid, Timestamp);

    /// <inheritdoc />
    public IPersistentRepresentation WithManifest(string manifest) =>
        Manifest == manifest ? this : new Persistent(Payload, SequenceNr, PersistenceId, manifest, IsDeleted, Sender, WriterGuid, Timestamp);

    /// <inheritdoc />
    public IPersistentRepresentation WithTimestamp(long newTimestamp) =>
        Timestamp == newTimestamp ? this : new Persistent(Payload, SequenceNr, PersistenceId, Manifest, IsDeleted, Sender, WriterGuid, newTimestamp);

    /// <inheritdoc />
    public IPersistentRepresentation Update(long sequenceNr, string persistenceId, bool isDeleted, IActorRef sender, string writerGuid) =>
        new Persistent(Payload, sequenceNr, persistenceId, Manifest, isDeleted, sender, writerGuid, Timestamp);
}
