namespace WebChat.Actors.Matching;

/// <summary>The times that rule matching.</summary>
/// <param name="Patience">The time after which a user accepts any partner that fits.</param>
/// <param name="RematchAfter">How long two users are kept apart after they have met.</param>
public sealed record MatchRules(TimeSpan Patience, TimeSpan RematchAfter)
{
    /// <summary>Two users that have both waited longer than this are matched even if they have met.</summary>
    public static TimeSpan RematchPatience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The points in common that a user requires. They fall evenly from the user's hope to zero.</summary>
    /// <param name="hope">See <see cref="Traits.Hope"/>.</param>
    /// <param name="since">When the search began, in ticks.</param>
    /// <param name="now">The time, in ticks.</param>
    internal double Bar(int hope, long since, long now) =>
        now - since >= Patience.Ticks ? 0 : hope * (1 - Math.Max(now - since, 0) / (double)Patience.Ticks);
}
