using System.Threading.RateLimiting;

namespace WebChat.Edge.Limits;

/// <summary>What a refused lease says.</summary>
internal static class Leases
{
    /// <summary>When to retry; null if the limiter does not say.</summary>
    public static TimeSpan? RetryAfter(this RateLimitLease lease) => lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : null;
}
