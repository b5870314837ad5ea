using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Asks a journal for the events of a persistence id; answered with a <see cref="ReplayedMessage"/> each and then a <see cref="RecoverySuccess"/> or <see cref="ReplayMessagesFailure"/>.</summary>
public sealed class ReplayMessages(long fromSequenceNr, long toSequenceNr, long max, string persistenceId, IActorRef persistentActor) : IJournalRequest
{
    /// <summary>The first sequence number, inclusive.</summary>
    public long FromSequenceNr { get; } = fromSequenceNr;

    /// <summary>The last sequence number, inclusive.</summary>
    public long ToSequenceNr { get; } = toSequenceNr;

    /// <summary>How many events at most.</summary>
    public long Max { get; } = max;

    public string PersistenceId { get; } = persistenceId;

    /// <summary>Who gets the answers.</summary>
    public IActorRef PersistentActor { get; } = persistentActor;
}
