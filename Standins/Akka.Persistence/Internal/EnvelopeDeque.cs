using Akka.Actor;

namespace Akka.Persistence.Internal;

/// <summary>A queue of envelopes with two ends, without an allocation for each of them.</summary>
internal sealed class EnvelopeDeque
{
    private Envelope[] _items = [];
    private int _first;

    public int Count { get; private set; }

    public void PushBack(in Envelope envelope)
    {
        Grow();
        _items[(_first + Count++) % _items.Length] = envelope;
    }

    public void PushFront(in Envelope envelope)
    {
        Grow();
        _first = (_first + _items.Length - 1) % _items.Length;
        _items[_first] = envelope;
        Count++;
    }

    public bool TryPopFront(out Envelope envelope)
    {
        if (Count == 0)
        {
            envelope = default;
            return false;
        }

        envelope = _items[_first];
        _items[_first] = default;
        _first = (_first + 1) % _items.Length;
        Count--;
        return true;
    }

    private void Grow()
    {
        if (Count < _items.Length)
        {
            return;
        }

        var larger = new Envelope[Math.Max(4, Count * 2)];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = _items[(_first + i) % _items.Length];
        }

        (_items, _first) = (larger, 0);
    }
}
