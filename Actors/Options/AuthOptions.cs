using System.ComponentModel.DataAnnotations;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Auth</c>.</summary>
public sealed class AuthOptions : IValidatableObject
{
    /// <summary>The shortest key of access tokens, in bytes.</summary>
    public const int SigningKeyLength = 32;

    /// <summary>The lifetime of an access token.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The lifetime of a refresh token.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// The keys of access tokens, as Base64 of at least 32 random bytes, the same on every node of a cluster. The first one signs, all
    /// are accepted, so that a key can be replaced. Empty: a key in a file of the data directory.
    /// </summary>
    public IList<string> SigningKeys { get; set; } = [];

    /// <summary>The bcrypt work factor: 2 to this power rounds. Production refuses less than 10.</summary>
    [Range(4, 31)]
    public int BcryptWorkFactor { get; set; } = 12;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from key in SigningKeys
        where !Convert.TryFromBase64String(key, new byte[key.Length], out var length) || length < SigningKeyLength
        select new ValidationResult($"must be Base64 of at least {SigningKeyLength} bytes.", [nameof(SigningKeys)]);
}
