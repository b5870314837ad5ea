using System.ComponentModel.DataAnnotations;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Rooms</c>.</summary>
public sealed class RoomOptions
{
    /// <summary>The time after which a room without an attached session leaves memory.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The time after which a pair is asked whether to go on.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan PromptAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a prompt is open.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PromptOpenFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The time without a message after which a pair ends.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan SilenceEndsAfter { get; set; } = TimeSpan.FromMinutes(15);
}
