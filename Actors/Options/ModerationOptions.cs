using System.ComponentModel.DataAnnotations;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Moderation</c>.</summary>
public sealed class ModerationOptions
{
    /// <summary>How many different users must report a user for an automatic ban.</summary>
    [Range(1, 1_000_000)]
    public int ReportersToSuspend { get; set; } = 3;

    /// <summary>How long a report counts towards an automatic ban.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan ReportWindow { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The length of an automatic ban.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan SuspendFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many reports a user may make in 24 hours.</summary>
    [Range(1, 1_000_000)]
    public int ReportsPerDay { get; set; } = 20;
}
