using Akka.Actor;

namespace Akka.Persistence.Internal;

/// <summary>
/// What a persistent actor keeps for later: commands that wait because it recovers or writes, and what its own code stashed.
/// What the code takes back goes before the waiting commands, as it came before them.
/// </summary>
internal sealed class PersistentStash(Eventsourced owner) : IStash
{
    private readonly List<Envelope> _stashed = [];
    private readonly EnvelopeDeque _held = new();

    public int Count => _stashed.Count;

    public bool IsEmpty => _stashed.Count == 0;

    public bool NonEmpty => _stashed.Count > 0;

    public bool IsFull => false;

    public int Capacity => -1;

    public bool HasHeld => _held.Count > 0;

    public void Stash() => _stashed.Add(owner.EnvelopeToStash());

    public void Unstash()
    {
        if (_stashed.Count > 0)
        {
            _held.PushFront(_stashed[0]);
            _stashed.RemoveAt(0);
            owner.WakeUp();
        }
    }

    public void UnstashAll() => UnstashAll(_ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        for (var i = _stashed.Count - 1; i >= 0; i--)
        {
            if (predicate(_stashed[i]))
            {
                _held.PushFront(_stashed[i]);
            }
        }

        _stashed.Clear();
        owner.WakeUp();
    }

    public IEnumerable<Envelope> ClearStash()
    {
        Envelope[] all = [.. _stashed];
        _stashed.Clear();
        return all;
    }

    public void Prepend(IEnumerable<Envelope> envelopes) => _stashed.InsertRange(0, envelopes);

    /// <summary>Keeps a command until the actor may take it.</summary>
    public void Hold(in Envelope envelope) => _held.PushBack(envelope);

    public bool TryTake(out Envelope envelope) => _held.TryPopFront(out envelope);

    /// <summary>Everything, in the order in which the actor would have seen it.</summary>
    public List<Envelope> TakeAll()
    {
        List<Envelope> all = [.. _stashed];
        _stashed.Clear();
        while (_held.TryPopFront(out var envelope))
        {
            all.Add(envelope);
        }

        return all;
    }
}
