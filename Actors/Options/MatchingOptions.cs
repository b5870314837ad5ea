using System.ComponentModel.DataAnnotations;
using WebChat.Actors.Matching;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Matching</c>.</summary>
public sealed class MatchingOptions
{
    /// <summary>The time after which a search without a match ends.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SearchTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long two users are kept apart after they have met, unless both wait long.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan RematchAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The time after which a user accepts any partner that fits.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The rules that the matcher applies.</summary>
    public MatchRules Rules => new(Patience, RematchAfter);
}
