namespace WebChat.Actors.Matching;

/// <summary>The times that matching goes by.</summary>
/// <param name="Patience">After how long a person is content with anybody who fits.</param>
/// <param name="RematchAfter">For how long two who have met are kept apart.</param>
public sealed record MatchRules(TimeSpan Patience, TimeSpan RematchAfter)
{
    /// <summary>Two who have both waited longer than this are brought together though they have met.</summary>
    public static TimeSpan RematchPatience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>How many points in common a person asks for: falls evenly, from what that person hopes for down to nothing.</summary>
    /// <param name="hope">See <see cref="Traits.Hope"/>.</param>
    /// <param name="since">When the person began to wait, in ticks.</param>
    /// <param name="now">The time, in ticks.</param>
    internal double Bar(int hope, long since, long now) =>
        now - since >= Patience.Ticks ? 0 : hope * (1 - Math.Max(now - since, 0) / (double)Patience.Ticks);
}
