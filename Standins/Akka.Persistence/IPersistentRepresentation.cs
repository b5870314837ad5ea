using Akka.Actor;

namespace Akka.Persistence;

/// <summary>An event as a journal handles it.</summary>
public interface IPersistentRepresentation
{
    object Payload { get; }

    /// <summary>What an event adapter calls this kind of event; empty without one.</summary>
    string Manifest { get; }

    string PersistenceId { get; }

    /// <summary>Starts at 1 for each persistence id and has no gaps.</summary>
    long SequenceNr { get; }

    /// <summary>When it was written, in .NET UTC ticks.</summary>
    long Timestamp { get; }

    /// <summary>Which writer wrote it.</summary>
    string WriterGuid { get; }

    bool IsDeleted { get; }

    /// <summary>Who sent the command that the event came from; not kept in a journal.</summary>
    IActorRef Sender { get; }

    IPersistentRepresentation WithPayload(object payload);

    IPersistentRepresentation WithManifest(string manifest);

    IPersistentRepresentation WithTimestamp(long timestamp);

    IPersistentRepresentation Update(long sequenceNr, string persistenceId, bool isDeleted, IActorRef sender, string writerGuid);
}
