using System.Collections.Immutable;

namespace WebChat.Actors.Matching;

/// <summary>The pairs of users that have met, for as long as they are kept apart. Immutable.</summary>
public sealed class RecentPairs
{
    private static readonly ImmutableDictionary<string, long> NoPartners = ImmutableDictionary<string, long>.Empty;

    private readonly ImmutableDictionary<string, ImmutableDictionary<string, long>> _untilByPartner;
    private readonly ImmutableQueue<(string One, string Other, long Until)> _all;

    private RecentPairs(
        ImmutableDictionary<string, ImmutableDictionary<string, long>> untilByPartner, ImmutableQueue<(string One, string Other, long Until)> all)
    {
        _untilByPartner = untilByPartner;
        _all = all;
    }

    /// <summary>No pairs.</summary>
    public static RecentPairs Empty { get; } = new(ImmutableDictionary<string, ImmutableDictionary<string, long>>.Empty, []);

    /// <summary>All remembered pairs, in the order in which they were added. Times are Unix milliseconds.</summary>
    public IEnumerable<(string One, string Other, long Until)> All => _all;

    /// <summary>Adds a pair, and forgets the pairs that are not kept apart any more.</summary>
    public RecentPairs Add(string one, string other, long until, long now)
    {
        var (byPartner, all) = (_untilByPartner, _all);
        while (!all.IsEmpty && all.Peek() is var (first, second, over) && over <= now)
        {
            all = all.Dequeue();
            byPartner = Without(Without(byPartner, first, second, now), second, first, now);
        }

        return until <= now
            ? new(byPartner, all)
            : new(With(With(byPartner, one, other, until), other, one, until), all.Enqueue((one, other, until)));
    }

    /// <summary>The users that a user has met, each with the time until which the two are kept apart.</summary>
    internal ImmutableDictionary<string, long> Of(string user) => _untilByPartner.GetValueOrDefault(user, NoPartners);

    private static ImmutableDictionary<string, ImmutableDictionary<string, long>> With(
        ImmutableDictionary<string, ImmutableDictionary<string, long>> byPartner, string one, string other, long until) =>
        byPartner.SetItem(one, byPartner.GetValueOrDefault(one, NoPartners).SetItem(other, until));

    // The two may have met again since.
    private static ImmutableDictionary<string, ImmutableDictionary<string, long>> Without(
        ImmutableDictionary<string, ImmutableDictionary<string, long>> byPartner, string one, string other, long now)
    {
        if (!byPartner.TryGetValue(one, out var partners) || partners.GetValueOrDefault(other, long.MaxValue) > now)
            return byPartner;
        var left = partners.Remove(other);
        return left.IsEmpty ? byPartner.Remove(one) : byPartner.SetItem(one, left);
    }
}
