using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Asks a journal to delete events; answered with <see cref="DeleteMessagesSuccess"/> or <see cref="DeleteMessagesFailure"/>.</summary>
public sealed class DeleteMessagesTo(string persistenceId, long toSequenceNr, IActorRef persistentActor) : IJournalRequest
{
    public string PersistenceId { get; } = persistenceId;

    /// <summary>The last sequence number to delete, inclusive.</summary>
    public long ToSequenceNr { get; } = toSequenceNr;

    /// <summary>Who gets the answer.</summary>
    public IActorRef PersistentActor { get; } = persistentActor;
}
