using System.Buffers;
using System.Numerics;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Matching;

/// <summary>
/// The waiting users. Users alike in mode, gender, preferences and rough age share a line. A search looks at the first users that
/// fit in each suitable line, and chooses among them. Users that fit no partner slow no search, and a user that fits and accepts
/// the partner is always found. Immutable.
/// </summary>
public sealed class MatchPool
{
    private const int Genders = 3;
    private const int YearsPerLine = 8;
    private const int Ages = (ProfileRules.OldestAge - ProfileRules.AdultAge) / YearsPerLine + 1;
    private const int FewestPerLine = 4;
    private const int MostLines = Genders * (Traits.AllGenders + 1) * Ages;
    private const int LineBits = 9; // 512 numbers, and there are 312 lines
    private const long LineNumber = (1 << LineBits) - 1;

    /// <summary>The pool without users.</summary>
    public static MatchPool Empty { get; } = new(
        count: 0, voiceCount: 0, PeopleById.Empty, new Head[]?[2 * Genders * (Traits.AllGenders + 1)], nextTicket: 0);

    private readonly PeopleById _people;

    // By mode, gender and preferences, then by age. The arrays never change.
    private readonly Head[]?[] _lines;
    private readonly long _nextTicket;

    private MatchPool(int count, int voiceCount, PeopleById people, Head[]?[] lines, long nextTicket)
    {
        Count = count;
        VoiceCount = voiceCount;
        _people = people;
        _lines = lines;
        _nextTicket = nextTicket;
    }

    /// <summary>The number of waiting users.</summary>
    public int Count { get; }

    /// <summary>The number of those that wait for a voice call.</summary>
    public int VoiceCount { get; }

    /// <summary>The waiting users, in the order of arrival.</summary>
    public IEnumerable<WaitingPerson> People => From(0);

    /// <summary>The waiting users from a ticket on, in the order of arrival.</summary>
    public IEnumerable<WaitingPerson> From(long ticket)
    {
        var lines = new PriorityQueue<IEnumerator<WaitingPerson>, long>();
        foreach (var head in _lines.SelectMany(byAge => byAge ?? []))
        {
            if (head.Line?.From(ticket).GetEnumerator() is { } people && people.MoveNext())
                lines.Enqueue(people, people.Current.Ticket);
        }

        while (lines.TryDequeue(out var people, out _))
        {
            yield return people.Current;
            if (people.MoveNext())
                lines.Enqueue(people, people.Current.Ticket);
        }
    }

    /// <summary>A user's entry; null if the user does not wait.</summary>
    public WaitingPerson? Find(UserId user) => _people.Find(user.Value);

    /// <summary>A user's entry as <see cref="Add(Mode, Seeker, DateTimeOffset)"/> would make it.</summary>
    public WaitingPerson Newcomer(Mode mode, Seeker seeker, DateTimeOffset since)
    {
        var before = Find(new(seeker.UserId));
        return new(before?.Mode == mode ? before.Ticket : _nextTicket, since, mode, seeker);
    }

    /// <summary>
    /// The best partner for a user, waiting or not: of those that fit and have enough in common for how long both have waited, the
    /// one with the best score among the first few dozen. Null if there is none.
    /// </summary>
    public WaitingPerson? Partner(WaitingPerson person, RecentPairs recent, MatchRules rules, DateTimeOffset now)
    {
        Span<long> order = stackalloc long[MostLines];
        var lines = ArrayPool<WaitingLine>.Shared.Rent(MostLines);
        var count = LinesFor(person, order, lines);
        order[..count].Sort();

        var choice = new Choice(person, recent.Of(person.Seeker.UserId), rules, now, perLine: Math.Max(FewestPerLine, Choice.Most / Math.Max(count, 1)));
        for (var i = 0; i < count && !choice.IsMade; i++)
        {
            choice.NextLine();
            lines[(int)(order[i] & LineNumber)].Show(ref choice);
        }

        Array.Clear(lines, 0, count);
        ArrayPool<WaitingLine>.Shared.Return(lines);
        return choice.Best;
    }

    /// <summary>Adds a user. A user that waits in this mode keeps the ticket.</summary>
    public MatchPool Add(Mode mode, Seeker seeker, DateTimeOffset since) => Add(Newcomer(mode, seeker, since));

    /// <summary>Adds a user, also one that was removed, at its place.</summary>
    public MatchPool Add(WaitingPerson person)
    {
        var without = Remove(new(person.Seeker.UserId));
        return new(
            without.Count + 1,
            without.VoiceCount + (person.Mode == Mode.Voice ? 1 : 0),
            without._people.Add(person),
            without.WithLine(person, line => WaitingLine.Add(line, person)),
            Math.Max(_nextTicket, person.Ticket + 1));
    }

    /// <summary>Removes a user, if the user waits.</summary>
    public MatchPool Remove(UserId user) => Find(user) is not { } person
        ? this
        : new(
            Count - 1,
            VoiceCount - (person.Mode == Mode.Voice ? 1 : 0),
            _people.Remove(person),
            WithLine(person, line => WaitingLine.Remove(line!, person.Ticket)),
            _nextTicket);

    // The lines that may fit, ordered by the ticket of their first user. The lowest bits hold the line's number: sorting numbers is
    // cheaper than moving references along.
    private int LinesFor(WaitingPerson person, Span<long> order, WaitingLine[] lines)
    {
        var traits = person.Traits;
        var (youngest, oldest) = (AgeOf(traits.AgeMin), AgeOf(traits.AgeMax));
        var count = 0;
        for (var genders = traits.Preferred; genders != 0; genders &= genders - 1)
        {
            for (var preferred = 1; preferred <= Traits.AllGenders; preferred++)
            {
                if ((preferred & traits.Gender) == 0 || _lines[KindOf(person.Mode, BitOperations.TrailingZeroCount(genders), preferred)] is not { } byAge)
                    continue;
                for (var age = youngest; age <= oldest; age++)
                {
                    if (byAge[age].Line is not { } line)
                        continue;
                    order[count] = (byAge[age].First << LineBits) | (long)count;
                    lines[count++] = line;
                }
            }
        }

        return count;
    }

    private Head[]?[] WithLine(WaitingPerson person, Func<WaitingLine?, WaitingLine?> change)
    {
        var lines = (Head[]?[])_lines.Clone();
        var kind = KindOf(person.Mode, BitOperations.TrailingZeroCount(person.Traits.Gender), person.Traits.Preferred);
        var byAge = lines[kind] is { } there ? (Head[])there.Clone() : new Head[Ages];
        ref var head = ref byAge[AgeOf(person.Traits.Age)];
        head = new(change(head.Line));
        lines[kind] = byAge;
        return lines;
    }

    private static int KindOf(Mode mode, int gender, int preferred) =>
        ((mode == Mode.Voice ? 1 : 0) * Genders + gender) * (Traits.AllGenders + 1) + preferred;

    private static int AgeOf(byte years) => Math.Clamp((years - ProfileRules.AdultAge) / YearsPerLine, 0, Ages - 1);

    /// <summary>A line, if there is one, and the ticket of its first user, which decides whether the line is looked at.</summary>
    private readonly struct Head(WaitingLine? line)
    {
        public readonly WaitingLine? Line = line;
        public readonly long First = line?.First ?? 0;
    }
}
