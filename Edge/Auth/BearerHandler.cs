using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Auth;

/// <summary>Authenticates by <c>authorization: Bearer …</c>, over HTTP and over gRPC, and refuses in the words of each.</summary>
public sealed class BearerHandler(IAccessTokens tokens, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name, and how its header begins.</summary>
    public const string SchemeName = "Bearer";

    /// <summary>The token of an authorization header, or null if it has none.</summary>
    public static string? TokenOf(string? header) =>
        header is not null && header.StartsWith(SchemeName + " ", StringComparison.OrdinalIgnoreCase) ? header[(SchemeName.Length + 1)..].Trim() : null;

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate(TokenOf(Request.Headers.Authorization)));

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var refused = TokenOf(Request.Headers.Authorization) is not null;
        var rejection = new Rejection(ErrorCode.Unauthenticated, refused ? "The access token is not good (any more)." : "An access token is needed.");
        Response.Headers[HeaderNames.WWWAuthenticate] = refused ? $"{SchemeName} error=\"invalid_token\"" : SchemeName;
        return RpcErrors.WriteAsync(Context, rejection);
    }

    private AuthenticateResult Authenticate(string? token)
    {
        if (token is null)
            return AuthenticateResult.NoResult();
        if (tokens.Validate(token) is not { } identity)
            return AuthenticateResult.Fail("The access token is not good.");
        var principal = new ClaimsPrincipal(new ClaimsIdentity(identity.ToClaims(), Scheme.Name));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
    }
}
