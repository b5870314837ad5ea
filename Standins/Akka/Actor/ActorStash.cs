namespace Akka.Actor;

/// <summary>A stash of an actor; whatever extends actors may have one more that the actor's own does not see.</summary>
internal sealed class ActorStash(ActorCell cell, int capacity) : IStash
{
    private readonly LinkedList<Envelope> _envelopes = new();
    private int _lastEnvelopeId = -1;

    public int Count => _envelopes.Count;

    public int Capacity => capacity;

    public bool IsEmpty => _envelopes.Count == 0;

    public bool NonEmpty => _envelopes.Count > 0;

    public bool IsFull => capacity >= 0 && _envelopes.Count >= capacity;

    public void Stash()
    {
        var (message, sender) = cell.CurrentEnvelope;
        if (message is null) throw new IllegalActorStateException("There is no message that could be stashed.");
        if (_lastEnvelopeId == cell.CurrentEnvelopeId)
            throw new IllegalActorStateException($"Can't stash the same message {message} more than once");
        if (IsFull) throw new StashOverflowException($"Couldn't enqueue message {message} to stash of {cell.Self}");
        _lastEnvelopeId = cell.CurrentEnvelopeId;
        _envelopes.AddLast(new Envelope(message, sender, cell.System));
    }

    public void Unstash()
    {
        if (_envelopes.First is not { } oldest) return;
        _envelopes.RemoveFirst();
        Return(oldest.Value);
    }

    public void UnstashAll()
    {
        while (_envelopes.Last is { } newest)
        {
            _envelopes.RemoveLast();
            Return(newest.Value);
        }
    }

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        Envelope[] chosen = [.. _envelopes.Where(predicate)];
        _envelopes.Clear();
        for (var i = chosen.Length - 1; i >= 0; i--) Return(chosen[i]);
    }

    public IEnumerable<Envelope> ClearStash()
    {
        Envelope[] all = [.. _envelopes];
        _envelopes.Clear();
        return all;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse()) _envelopes.AddFirst(envelope);
    }

    private void Return(Envelope envelope)
    {
        cell.Mailbox.Prepend(envelope.Message, envelope.Sender);
        if (envelope.Message is Terminated terminated) cell.RequeueTerminated(terminated);
    }
}
