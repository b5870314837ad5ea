namespace WebChat.Actors.Matching;

/// <summary>
/// Users ordered by ticket, as a balanced tree that knows the extent of each stretch, so that stretches in which no user can fit
/// are skipped. Immutable: a change copies the path from the root to one leaf.
/// </summary>
internal sealed class WaitingLine
{
    private const int LeafSize = 16;
    private const int Fanout = 8;

    // A leaf has places, every other node has parts. Neither is ever empty.
    private readonly Place[] _places = [];
    private readonly Part[] _parts = [];

    private WaitingLine(Place[] places) => _places = places;

    private WaitingLine(Part[] parts) => _parts = parts;

    /// <summary>The smallest ticket.</summary>
    public long First => _parts.Length == 0 ? _places[0].Ticket : _parts[0].First;

    private int Size => _places.Length + _parts.Length;

    /// <summary>Shows the users that fit by age, and may fit by language, to a choice, in the order of arrival, until it has seen enough.</summary>
    /// <returns>Whether the choice could see more.</returns>
    public bool Show(ref Choice choice)
    {
        foreach (ref readonly var place in _places.AsSpan())
        {
            if (place.Extent.MayFit(choice.Traits) && !choice.Consider(place.Person))
                return false;
        }

        foreach (ref readonly var part in _parts.AsSpan())
        {
            if (part.Extent.MayFit(choice.Traits) && !part.Line.Show(ref choice))
                return false;
        }

        return true;
    }

    /// <summary>The users from a ticket on.</summary>
    public IEnumerable<WaitingPerson> From(long ticket)
    {
        for (var i = _places.Length == 0 ? 0 : IndexOf(ticket); i < _places.Length; i++)
            yield return _places[i].Person;
        for (var i = _parts.Length == 0 ? 0 : PartOf(ticket); i < _parts.Length; i++)
        {
            foreach (var person in _parts[i].Line.From(ticket))
                yield return person;
        }
    }

    /// <summary>Adds a user with a ticket that is not in the line.</summary>
    public static WaitingLine Add(WaitingLine? line, WaitingPerson person)
    {
        if (line is null)
            return new([new Place(person)]);
        var (left, right) = line.With(new Place(person));
        return right is null ? left : new([new Part(left), new Part(right)]);
    }

    /// <summary>Removes the user with a ticket; null if the line is then empty.</summary>
    public static WaitingLine? Remove(WaitingLine line, long ticket)
    {
        var left = line.Without(ticket);
        while (left is { _parts.Length: 1 })
            left = left._parts[0].Line;
        return left;
    }

    private (WaitingLine Left, WaitingLine? Right) With(in Place place)
    {
        if (_parts.Length == 0)
        {
            var at = IndexOf(place.Ticket);
            var places = new Place[_places.Length + 1];
            _places.AsSpan(0, at).CopyTo(places);
            places[at] = place;
            _places.AsSpan(at).CopyTo(places.AsSpan(at + 1));
            if (places.Length <= LeafSize)
                return (new(places), null);
            var half = Half(places.Length, at == _places.Length);
            return (new(places[..half]), new(places[half..]));
        }

        var index = PartOf(place.Ticket);
        var (left, right) = _parts[index].Line.With(place);
        if (right is null)
            return (Replaced(index, left), null);
        var parts = new Part[_parts.Length + 1];
        _parts.AsSpan(0, index).CopyTo(parts);
        parts[index] = new(left);
        parts[index + 1] = new(right);
        _parts.AsSpan(index + 1).CopyTo(parts.AsSpan(index + 2));
        if (parts.Length <= Fanout)
            return (new(parts), null);
        var middle = Half(parts.Length, index == _parts.Length - 1);
        return (new(parts[..middle]), new(parts[middle..]));
    }

    // A node that grows at its end is split there, so that the part before it is full.
    private static int Half(int length, bool atEnd) => atEnd ? length - 1 : length / 2;

    private WaitingLine? Without(long ticket)
    {
        if (_parts.Length == 0)
            return _places.Length == 1 ? null : new(Except(_places, IndexOf(ticket)));
        var index = PartOf(ticket);
        if (_parts[index].Line.Without(ticket) is { } left)
            return Joined(left, index) ?? Replaced(index, left);
        return _parts.Length == 1 ? null : new(Except(_parts, index));
    }

    // Two neighbours that fit into half a node are merged, so that the tree stays dense.
    private WaitingLine? Joined(WaitingLine changed, int index)
    {
        var first = index + 1 < _parts.Length ? index : index - 1;
        if (first < 0)
            return null;
        var one = first == index ? changed : _parts[first].Line;
        var other = first == index ? _parts[index + 1].Line : changed;
        if (one.Size + other.Size > (one._parts.Length == 0 ? LeafSize : Fanout) / 2)
            return null;
        var joined = one._parts.Length == 0 ? new WaitingLine([.. one._places, .. other._places]) : new WaitingLine([.. one._parts, .. other._parts]);
        var parts = Except(_parts, first + 1);
        parts[first] = new(joined);
        return new(parts);
    }

    private WaitingLine Replaced(int index, WaitingLine line)
    {
        var parts = (Part[])_parts.Clone();
        parts[index] = new(line);
        return new(parts);
    }

    private static T[] Except<T>(T[] items, int index)
    {
        var left = new T[items.Length - 1];
        items.AsSpan(0, index).CopyTo(left);
        items.AsSpan(index + 1).CopyTo(left.AsSpan(index));
        return left;
    }

    // The place of the first ticket that is not smaller.
    private int IndexOf(long ticket)
    {
        var at = _places.Length;
        while (at > 0 && _places[at - 1].Ticket >= ticket)
            at--;
        return at;
    }

    // The last part that begins at or before the ticket.
    private int PartOf(long ticket)
    {
        var at = _parts.Length - 1;
        while (at > 0 && _parts[at].First > ticket)
            at--;
        return at;
    }

    private readonly struct Part
    {
        public readonly WaitingLine Line;
        public readonly long First;
        public readonly Extent Extent;

        public Part(WaitingLine line)
        {
            Line = line;
            First = line.First;
            if (line._parts.Length == 0)
            {
                Extent = line._places[0].Extent;
                foreach (ref readonly var place in line._places.AsSpan(1))
                    Extent = Extent.And(place.Extent);
            }
            else
            {
                Extent = line._parts[0].Extent;
                foreach (ref readonly var part in line._parts.AsSpan(1))
                    Extent = Extent.And(part.Extent);
            }
        }
    }
}
