using System.Collections.Immutable;

namespace WebChat.Actors.Matching;

/// <summary>
/// One person's choice among those who wait: who is shown is held against the best so far. What counts is what the two
/// have in common, and how long the other has waited.
/// </summary>
internal ref struct Choice
{
    /// <summary>
    /// Among how many who fit, and have enough in common, one is chosen at the most. Who hopes for more than anybody's company
    /// sees no more than so many who fit, since there will be another look: each is a fetch from memory, and the dearest part of a search.
    /// </summary>
    public const int Most = 16;

    private static readonly TimeSpan WaitingForAPoint = TimeSpan.FromSeconds(5);

    private readonly WaitingPerson _person;
    private readonly ImmutableDictionary<string, long> _met;
    private readonly MatchRules _rules;
    private readonly DateTimeOffset _now;
    private readonly long _ticks;
    private readonly int _perLine;
    private readonly double _bar;

    private long _bestScore = long.MinValue;
    private int _inLine;
    private int _seen;
    private int _compared;

    /// <param name="person">Who chooses.</param>
    /// <param name="met">Those whom this person has met, each with the time until which the two are kept apart.</param>
    /// <param name="rules">When two have enough in common.</param>
    /// <param name="now">The time.</param>
    /// <param name="perLine">How many who fit to look at in one line.</param>
    public Choice(WaitingPerson person, ImmutableDictionary<string, long> met, MatchRules rules, DateTimeOffset now, int perLine)
    {
        _person = person;
        _met = met;
        _rules = rules;
        _now = now;
        _ticks = now.UtcTicks;
        _perLine = perLine;
        _bar = rules.Bar(person.Traits.Hope, person.Since.UtcTicks, _ticks);
        Traits = person.Traits;
    }

    /// <summary>The traits of who chooses.</summary>
    public readonly Traits Traits;

    /// <summary>The best so far.</summary>
    public WaitingPerson? Best { get; private set; }

    /// <summary>Whether there have been enough to choose from.</summary>
    public readonly bool IsMade => _compared >= Most || (_bar > 0 && _seen >= Most);

    /// <summary>Another line is going to be shown.</summary>
    public void NextLine() => _inLine = 0;

    /// <summary>Looks at one whose mode, gender and ages fit.</summary>
    /// <returns>Whether more of this line are to be shown.</returns>
    public bool Consider(WaitingPerson other)
    {
        if (!Fits(other))
            return true;
        _seen++;
        var since = other.Since.UtcTicks;
        var inCommon = Traits.InCommon(other.Traits);
        if (inCommon >= _bar && inCommon >= _rules.Bar(other.Traits.Hope, since, _ticks))
        {
            var score = inCommon * WaitingForAPoint.Ticks + (_ticks - since);
            if (score > _bestScore || (score == _bestScore && other.Ticket < Best!.Ticket))
                (Best, _bestScore) = (other, score);
            _compared++;
        }

        return ++_inLine < _perLine && !IsMade;
    }

    private readonly bool Fits(WaitingPerson other) =>
        other.Ticket != _person.Ticket
        && Traits.CanTalkTo(other.Traits)
        && !_person.Blocks(other)
        && !other.Blocks(_person)
        && !(_met.Count > 0 && AreKeptApart(other));

    private readonly bool AreKeptApart(WaitingPerson other) =>
        _met.TryGetValue(other.Seeker.UserId, out var until)
        && until > _now.ToUnixTimeMilliseconds()
        && !(HasWaitedLong(_person) && HasWaitedLong(other));

    private readonly bool HasWaitedLong(WaitingPerson who) => _now - who.Since > MatchRules.RematchPatience;
}
