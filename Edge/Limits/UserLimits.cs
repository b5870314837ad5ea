using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using WebChat.Actors.Options;
using WebChat.Actors.Users;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Limits;

/// <summary>How often one user may act in rooms by calls, over whatever transport: as often as a socket may send frames.</summary>
public sealed class UserLimits(IOptions<LimitOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<UserId> _acts = PartitionedRateLimiter.Create<UserId, UserId>(user => RateLimitPartition.GetTokenBucketLimiter(user, _ => new()
    {
        TokenLimit = options.Value.MessageBurst,
        TokensPerPeriod = options.Value.MessagesPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    }));

    /// <summary>Counts one act.</summary>
    /// <exception cref="RejectedException">It is one too many.</exception>
    public void Take(UserId user) => _acts.Take(user, "Too many calls.");

    /// <inheritdoc/>
    public void Dispose() => _acts.Dispose();
}
