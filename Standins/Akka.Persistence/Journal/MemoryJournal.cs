using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>A journal in memory, for tests: it ends with its actor system.</summary>
public class MemoryJournal : AsyncWriteJournal
{
    private readonly ConcurrentDictionary<string, LinkedList<IPersistentRepresentation>> _messages = new();
    private readonly ConcurrentDictionary<string, long> _highest = new();

    protected virtual ConcurrentDictionary<string, LinkedList<IPersistentRepresentation>> Messages => _messages;

    /// <inheritdoc />
    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
        Task.FromResult(_highest.GetValueOrDefault(persistenceId));

    /// <inheritdoc />
    public override Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback)
    {
        var left = max;
        foreach (var e in Messages.GetValueOrDefault(persistenceId) ?? [])
        {
            if (e.SequenceNr >= fromSequenceNr && e.SequenceNr <= toSequenceNr && left-- > 0)
            {
                recoveryCallback(e);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        foreach (var e in messages.SelectMany(write => write.Events))
        {
            var stored = e.Payload is Tagged tagged ? e.WithPayload(tagged.Payload) : e;
            Messages.GetOrAdd(e.PersistenceId, _ => new()).AddLast(stored);
            _highest[e.PersistenceId] = e.SequenceNr;
        }

        return Task.FromResult<IImmutableList<Exception>>(null!);
    }

    /// <inheritdoc />
    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        var events = Messages.GetValueOrDefault(persistenceId);
        while (events?.First is { } first && first.Value.SequenceNr <= toSequenceNr)
        {
            events.RemoveFirst();
        }

        return Task.CompletedTask;
    }
}
