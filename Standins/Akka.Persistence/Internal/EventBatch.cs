using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence.Internal;

/// <summary>
/// What an actor persisted since its last write, and, once the journal is done, the answer to it: the same object goes there
/// and comes back, and an actor uses two of them in turn, so that a write allocates nothing but its rows.
/// </summary>
internal sealed class EventBatch(Eventsourced owner, string persistenceId, IActorRef actor) : IJournalResponse, IDeadLetterSuppression
{
    private PersistEntry[] _entries = new PersistEntry[2];

    /// <summary>Which incarnation of the actor it belongs to.</summary>
    public Eventsourced Owner { get; } = owner;

    public string PersistenceId { get; } = persistenceId;

    public IActorRef Actor { get; } = actor;

    public int Count { get; private set; }

    /// <summary>Entries that have their outcome handled.</summary>
    public int Handled { get; set; }

    /// <summary>Events that are to be written; the others are deferred handlers.</summary>
    public int Writes { get; private set; }

    /// <summary>Whether the journal is done with it; until then it must not be handled, whoever tells it.</summary>
    public bool IsDone { get; set; }

    /// <summary>Why nothing of it was written.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What the journal keeps with it from one write to the next.</summary>
    public object? JournalState { get; set; }

    public Span<PersistEntry> Entries => _entries.AsSpan(0, Count);

    public ref PersistEntry this[int index] => ref _entries[index];

    public void Add(in PersistEntry entry)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        _entries[Count++] = entry;
        if (!entry.IsDeferred)
        {
            Writes++;
        }
    }

    public void Clear()
    {
        Entries.Clear();
        Count = Writes = Handled = 0;
        Failure = null;
        IsDone = false;
    }
}
