using System.ComponentModel.DataAnnotations;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Rooms</c>.</summary>
public sealed class RoomOptions
{
    /// <summary>How long a room that nobody is attached to stays in memory.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a pair talks before it is asked whether to go on.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan PromptAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long such a question is open.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PromptOpenFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nobody of a pair must write for the room to end.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan SilenceEndsAfter { get; set; } = TimeSpan.FromMinutes(15);
}
