using System.ComponentModel.DataAnnotations;
using WebChat.Actors.Matching;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Matching</c>.</summary>
public sealed class MatchingOptions
{
    /// <summary>After how long a search ends by itself.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SearchTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long two who have met are kept apart, unless both wait long.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan RematchAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>After how long a person is content with anybody who fits.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>What matching itself needs of it.</summary>
    public MatchRules Rules => new(Patience, RematchAfter);
}
