using System.ComponentModel.DataAnnotations;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>How long the account of a guest is kept after its last use. Longer than any access token lives, so that no guest in use is deleted.</summary>
    [Range(typeof(TimeSpan), "1.01:00:00", "3650.00:00:00")]
    public TimeSpan Guests { get; set; } = TimeSpan.FromDays(30);
}
