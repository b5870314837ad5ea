using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using WebChat.Actors;
using WebChat.Actors.Options;
using WebChat.Actors.Telemetry;
using WebChat.Edge.Auth;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Limits;

/// <summary>
/// Limits the requests of a client over every transport. The methods name their policy by attribute. A client is its address
/// before the login, and its user afterwards.
/// </summary>
public sealed class RateLimits(IOptions<LimitOptions> limits, ChatMetrics metrics) : IConfigureOptions<RateLimiterOptions>
{
    /// <summary>Sign-ups, by address.</summary>
    public const string SignUps = nameof(SignUps);

    /// <summary>Guests that start, by address.</summary>
    public const string Guests = nameof(Guests);

    /// <summary>Requests that check a password, by address.</summary>
    public const string Passwords = nameof(Passwords);

    /// <summary>Requests with a refresh token, by address.</summary>
    public const string RefreshTokens = nameof(RefreshTokens);

    /// <summary>Changing requests, by user: as many as the frames of a socket.</summary>
    public const string Writes = nameof(Writes);

    /// <summary>Reading requests, by user.</summary>
    public const string Reads = nameof(Reads);

    /// <summary>Data exports, by user: one reads all that the user ever wrote.</summary>
    public const string Exports = nameof(Exports);

    public void Configure(RateLimiterOptions options)
    {
        var (most, second) = (limits.Value, TimeSpan.FromSeconds(1));
        options.AddPolicy(SignUps, Bucket(ClientAddress.Of, most.SignUpsPerHour, 1, TimeSpan.FromHours(1) / most.SignUpsPerHour));
        options.AddPolicy(Guests, Bucket(ClientAddress.Of, most.GuestsPerHour, 1, TimeSpan.FromHours(1) / most.GuestsPerHour));
        options.AddPolicy(Passwords, Bucket(ClientAddress.Of, most.LogInsPerQuarterHour, 1, TimeSpan.FromMinutes(15) / most.LogInsPerQuarterHour));
        options.AddPolicy(RefreshTokens, Bucket(ClientAddress.Of, most.ReadBurst, most.ReadsPerSecond, second));
        var (members, guests) = (Bucket(User, most.MessageBurst, most.MessagesPerSecond, second), Bucket(Guest, most.GuestMessageBurst, most.GuestMessagesPerSecond, second));
        options.AddPolicy(Writes, context => IsGuest(context) ? guests(context) : members(context));
        options.AddPolicy(Reads, Bucket(User, most.ReadBurst, most.ReadsPerSecond, second));
        options.AddPolicy(Exports, Bucket(User, most.ExportsPerHour, 1, TimeSpan.FromHours(1) / most.ExportsPerHour));
        options.OnRejected = async (rejected, _) =>
        {
            metrics.Refused(rejected.HttpContext.GetEndpoint()!.Metadata.GetMetadata<EnableRateLimitingAttribute>()!.PolicyName!);
            await RpcErrors.WriteAsync(
                rejected.HttpContext,
                new(ErrorCode.RateLimited, "Too many requests.", RetryAfter: rejected.Lease.RetryAfter()));
        };
    }

    // A token bucket, because it is the platform's only limiter that tells when to retry.
    private static Func<HttpContext, RateLimitPartition<string>> Bucket(Func<HttpContext, string> client, int burst, int permits, TimeSpan period) =>
        context => RateLimitPartition.GetTokenBucketLimiter(
            client(context), _ => new() { TokenLimit = burst, TokensPerPeriod = permits, ReplenishmentPeriod = period, QueueLimit = 0 });

    private static bool IsGuest(HttpContext context) => context.User.ToIdentity() is { Username.IsGuest: true };

    // A guest that keeps the account gets the limits of other users with the next token.
    private static string Guest(HttpContext context) => $"guest {User(context)}";

    private static string User(HttpContext context) => context.User.ToIdentity()?.User.Value ?? ClientAddress.Of(context);
}
