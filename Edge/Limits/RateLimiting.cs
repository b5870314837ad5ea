using System.Threading.RateLimiting;
using WebChat.Actors;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Limits;

/// <summary>Says over a limit's refusal what the contract says.</summary>
internal static class RateLimiting
{
    /// <summary>Counts once.</summary>
    /// <exception cref="RejectedException">It is one too many; says when there is room again.</exception>
    public static void Take<TKey>(this PartitionedRateLimiter<TKey> limiter, TKey key, string message)
    {
        using var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired)
            return;
        throw new RejectedException(new(ErrorCode.RateLimited, message, RetryAfter: lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1)));
    }
}
