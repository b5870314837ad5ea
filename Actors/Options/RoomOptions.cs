using System.ComponentModel.DataAnnotations;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Rooms</c>.</summary>
public sealed class RoomOptions
{
    /// <summary>How long a room that nobody is attached to stays in memory.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(2);
}
