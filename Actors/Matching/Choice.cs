using System.Collections.Immutable;

namespace WebChat.Actors.Matching;

/// <summary>
/// A search for one user's best partner: each candidate is compared with the best so far. The score counts what the two users
/// have in common, and how long the candidate has waited.
/// </summary>
internal ref struct Choice
{
    /// <summary>
    /// The most candidates that fit and have enough in common to compare. A user with a hope above zero sees at most this many that
    /// fit, since the next round looks again: fetching each from memory is the most expensive part of a search.
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

    /// <param name="person">The searching user.</param>
    /// <param name="met">The users that this user has met, each with the time until which the two are kept apart.</param>
    /// <param name="rules">Decide when two users have enough in common.</param>
    /// <param name="now">The time.</param>
    /// <param name="perLine">The most candidates that fit to look at in one line.</param>
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

    /// <summary>The searching user's traits.</summary>
    public readonly Traits Traits;

    /// <summary>The best candidate so far; null if there is none.</summary>
    public WaitingPerson? Best { get; private set; }

    /// <summary>Whether enough candidates have been seen.</summary>
    public readonly bool IsMade => _compared >= Most || (_bar > 0 && _seen >= Most);

    /// <summary>Begins another line.</summary>
    public void NextLine() => _inLine = 0;

    /// <summary>Looks at a candidate that fits by mode, gender and age.</summary>
    /// <returns>Whether to go on with this line.</returns>
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

    private readonly bool HasWaitedLong(WaitingPerson person) => _now - person.Since > MatchRules.RematchPatience;
}
