using System.ComponentModel.DataAnnotations;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Moderation</c>.</summary>
public sealed class ModerationOptions
{
    /// <summary>How many different people have to report somebody for that person to be banned at once.</summary>
    [Range(1, 1_000_000)]
    public int ReportersToSuspend { get; set; } = 3;

    /// <summary>For how long a report counts.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan ReportWindow { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long somebody is banned whom so many have reported.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan SuspendFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many reports a person may make in 24 hours.</summary>
    [Range(1, 1_000_000)]
    public int ReportsPerDay { get; set; } = 20;
}
