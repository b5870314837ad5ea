using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using WebChat.Actors;
using WebChat.Actors.Moderation;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Auth;

/// <summary>Authenticates requests by <c>authorization: Bearer …</c>. The token of a banned user is refused until the ban ends.</summary>
public sealed class BearerAuthentication(AccessTokens tokens, Bans bans, TimeProvider time) : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(string? name, JwtBearerOptions options)
    {
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(AccessTokens.Handler);
        options.TokenValidationParameters = tokens.Rules;
        options.Events = new() { OnTokenValidated = CheckUser, OnChallenge = Challenge };
    }

    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    private Task CheckUser(TokenValidatedContext context)
    {
        if (context.Principal!.ToIdentity() is not { } identity)
            context.Fail("The token does not name a user.");
        else if (bans.Refusal(identity.User, time.GetUtcNow()) is { } refusal)
            context.Fail(new RejectedException(refusal));
        return Task.CompletedTask;
    }

    private static Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        if (context.AuthenticateFailure is RejectedException banned)
            return RpcErrors.WriteAsync(context.HttpContext, banned.Rejection);
        var failed = context.AuthenticateFailure is not null;
        context.Response.Headers.WWWAuthenticate = failed ? $"{JwtBearerDefaults.AuthenticationScheme} error=\"invalid_token\"" : JwtBearerDefaults.AuthenticationScheme;
        return RpcErrors.WriteAsync(context.HttpContext, new(ErrorCode.Unauthenticated, failed ? "The access token is invalid or has expired." : "The request must have an access token."));
    }
}
