using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>Reads a journal back.</summary>
public interface IAsyncRecovery
{
    /// <summary>Hands each event to the callback, in order.</summary>
    Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback);

    /// <summary>The highest sequence number ever given to a persistence id, or 0.</summary>
    Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);
}
