using System.Collections.Immutable;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;
using static WebChat.V1.Profile.Types;

namespace WebChat.Actors.Matching;

/// <summary>
/// The people who wait, by what decides whether they fit. People alike in mode, gender and preferences are
/// interchangeable but for their time, so they form one queue; a newcomer looks at the heads of the queues that fit,
/// of which there are a few dozen however many wait, and takes the one who has waited longest. Nobody who fits nobody
/// stands in anybody's way. Immutable.
/// </summary>
public sealed class MatchPool
{
    /// <summary>Nobody waits.</summary>
    public static MatchPool Empty { get; } = new(
        ImmutableDictionary<UserId, WaitingPerson>.Empty,
        ImmutableDictionary<Kind, ImmutableSortedDictionary<long, WaitingPerson>>.Empty,
        nextTicket: 0);

    private readonly ImmutableDictionary<UserId, WaitingPerson> _people;
    private readonly ImmutableDictionary<Kind, ImmutableSortedDictionary<long, WaitingPerson>> _queues;
    private readonly long _nextTicket;

    private MatchPool(
        ImmutableDictionary<UserId, WaitingPerson> people,
        ImmutableDictionary<Kind, ImmutableSortedDictionary<long, WaitingPerson>> queues,
        long nextTicket)
    {
        _people = people;
        _queues = queues;
        _nextTicket = nextTicket;
    }

    /// <summary>How many wait.</summary>
    public int Count => _people.Count;

    /// <summary>Those who wait, in the order in which they came.</summary>
    public IEnumerable<WaitingPerson> People => _people.Values.OrderBy(person => person.Ticket);

    /// <summary>A person's place; null if not waiting.</summary>
    public WaitingPerson? Find(UserId user) => _people.GetValueOrDefault(user);

    /// <summary>Who of those who fit a newcomer has waited longest; null if nobody fits.</summary>
    public WaitingPerson? Partner(Mode mode, Seeker newcomer)
    {
        var self = new UserId(newcomer.UserId);
        WaitingPerson? longest = null;
        foreach (var (kind, queue) in _queues)
        {
            if (kind.Mode != mode || !kind.Fits(newcomer))
                continue;
            var head = queue.First().Value;
            if (head.Seeker.UserId == self.Value)
                head = queue.Skip(1).FirstOrDefault().Value;
            if (head is not null && (longest is null || head.Ticket < longest.Ticket))
                longest = head;
        }

        return longest;
    }

    /// <summary>With one more who waits; who waited before keeps no old place.</summary>
    public MatchPool Add(Mode mode, Seeker seeker, DateTimeOffset since)
    {
        var user = new UserId(seeker.UserId);
        var without = Remove(user);
        var person = new WaitingPerson(_nextTicket, since, mode, seeker);
        var kind = Kind.Of(mode, seeker);
        var queue = without._queues.GetValueOrDefault(kind, ImmutableSortedDictionary<long, WaitingPerson>.Empty);
        return new(without._people.Add(user, person), without._queues.SetItem(kind, queue.Add(person.Ticket, person)), _nextTicket + 1);
    }

    /// <summary>Without somebody.</summary>
    public MatchPool Remove(UserId user)
    {
        if (!_people.TryGetValue(user, out var person))
            return this;
        var kind = Kind.Of(person.Mode, person.Seeker);
        var queue = _queues[kind].Remove(person.Ticket);
        return new(_people.Remove(user), queue.IsEmpty ? _queues.Remove(kind) : _queues.SetItem(kind, queue), _nextTicket);
    }

    /// <summary>All that decides whether two fit. Preferences are a set of bits, by gender; no preference is all of them.</summary>
    private readonly record struct Kind(Mode Mode, Gender Gender, int Preferred)
    {
        public static Kind Of(Mode mode, Seeker seeker) => new(mode, seeker.Gender, Bits(seeker.PreferredGenders));

        public bool Fits(Seeker other) => (Preferred & Bit(other.Gender)) != 0 && (Bits(other.PreferredGenders) & Bit(Gender)) != 0;

        private static int Bit(Gender gender) => 1 << (int)gender;

        private static int Bits(IReadOnlyCollection<Gender> genders) => genders.Count == 0
            ? Bit(Gender.Female) | Bit(Gender.Male) | Bit(Gender.Other)
            : genders.Aggregate(0, (bits, gender) => bits | Bit(gender));
    }
}
