using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using WebChat.Actors.Accounts;
using WebChat.Actors.Options;

namespace WebChat.Edge.Auth;

/// <summary>
/// Access tokens: JWTs, signed with HMAC-SHA256 and nothing else. A log-out does not reach those that are out already: they
/// live to their end, a quarter of an hour at most by default, while the sockets of the log-in are closed at once.
/// </summary>
public sealed class AccessTokens : IAccessTokens
{
    /// <summary>Who makes the tokens, and whom they are for: this server.</summary>
    public const string Issuer = "webchat";

    private const int LongestToken = 2_048;

    private readonly JwtSecurityTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false, MaximumTokenSizeInBytes = LongestToken };
    private readonly SigningCredentials _signing;
    private readonly TokenValidationParameters _rules;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;

    public AccessTokens(SigningKey key, IOptions<AuthOptions> options, TimeProvider time)
    {
        var secret = new SymmetricSecurityKey(key.Load());
        _time = time;
        _lifetime = options.Value.AccessTokenLifetime;
        _signing = new(secret, SecurityAlgorithms.HmacSha256);
        _rules = new()
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = secret,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            // One and the same machine issues and checks, so clocks need no leeway.
            LifetimeValidator = (from, to, _, _) => IsNow(from, to),
        };
    }

    /// <summary>Makes a token for somebody who has shown who they are.</summary>
    public AccessToken Issue(Identity identity)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        var expires = now + _lifetime;
        var text = _handler.CreateEncodedJwt(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            Subject = new ClaimsIdentity(identity.ToClaims().Append(new Claim(JwtRegisteredClaimNames.Jti, Guid.NewGuid().ToString("N")))),
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = _signing,
        });
        return new(text, expires);
    }

    /// <inheritdoc/>
    public Identity? Validate(string token)
    {
        try
        {
            return _handler.ValidateToken(token, _rules, out _).ToIdentity();
        }
        catch (Exception refused) when (refused is SecurityTokenException or ArgumentException)
        {
            // The library says by exceptions what is wrong with a token; the client learns only that it is not good.
            return null;
        }
    }

    private bool IsNow(DateTime? from, DateTime? to)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return (from is null || from <= now) && now < to;
    }
}
