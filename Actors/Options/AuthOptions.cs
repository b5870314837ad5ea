using System.ComponentModel.DataAnnotations;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Auth</c>.</summary>
public sealed class AuthOptions
{
    /// <summary>The lifetime of an access token.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The lifetime of a refresh token.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The bcrypt work factor: 2 to this power rounds. Production refuses less than 10.</summary>
    [Range(4, 31)]
    public int BcryptWorkFactor { get; set; } = 12;
}
