using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using WebChat.Actors.Accounts;
using WebChat.Actors.Options;

namespace WebChat.Edge.Auth;

/// <summary>
/// Access tokens: JWTs signed with HMAC-SHA256. A logout does not revoke issued tokens: for requests they stay valid until they
/// expire, after 15 minutes by default. The sessions of the login end at once, and no new one is opened.
/// </summary>
public sealed class AccessTokens
{
    private const string Issuer = "webchat";
    private const int LongestToken = 2_048;

    /// <summary>The accepted clock difference between two nodes.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(30);

    private readonly Lazy<TokenValidationParameters> _rules;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;

    public AccessTokens(SigningKey key, IOptions<AuthOptions> options, TimeProvider time)
    {
        _time = time;
        _lifetime = options.Value.AccessTokenLifetime;
        _rules = new(() => new()
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeys = [.. Keys(key, options.Value).Select(secret => new SymmetricSecurityKey(secret))],
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            LifetimeValidator = (from, to, _, _) => IsNow(from, to),
        });
    }

    /// <summary>Writes and reads tokens.</summary>
    public static JsonWebTokenHandler Handler { get; } = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false, MaximumTokenSizeInBytes = LongestToken };

    /// <summary>The requirements for a valid token. The first use reads the key.</summary>
    public TokenValidationParameters Rules => _rules.Value;

    /// <summary>Makes a token for a logged-in user.</summary>
    public AccessToken Issue(Identity identity)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        var expires = now + _lifetime;
        var text = Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            Subject = new ClaimsIdentity(identity.ToClaims().Append(new Claim(JwtRegisteredClaimNames.Jti, Guid.NewGuid().ToString("N")))),
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = new(Rules.IssuerSigningKeys.First(), SecurityAlgorithms.HmacSha256),
        });
        return new(text, expires);
    }

    /// <summary>Reads a token; null if it is invalid or has expired.</summary>
    public async Task<ValidToken?> ValidateAsync(string token)
    {
        var result = await Handler.ValidateTokenAsync(token, Rules);
        return result.IsValid && new ClaimsPrincipal(result.ClaimsIdentity).ToIdentity() is { } identity ? new(identity, result.SecurityToken.ValidTo) : null;
    }

    private static IEnumerable<byte[]> Keys(SigningKey file, AuthOptions options) =>
        options.SigningKeys.Count > 0 ? options.SigningKeys.Select(Convert.FromBase64String) : [file.Load()];

    private bool IsNow(DateTime? from, DateTime? to)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return (from is null || from <= now + ClockDifference) && now < to + ClockDifference;
    }
}

/// <summary>The content of a valid access token.</summary>
/// <param name="Identity">The user and the login.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record ValidToken(Identity Identity, DateTimeOffset ExpiresAt);

/// <summary>An access token.</summary>
/// <param name="Text">The JWT.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record AccessToken(string Text, DateTimeOffset ExpiresAt);
