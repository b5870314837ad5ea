using System.Threading.RateLimiting;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Options;
using WebChat.Actors.Telemetry;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;

namespace WebChat.Edge.Auth;

/// <summary>
/// Counts failed logins per account, over all addresses. An address with a recent login to the account is counted separately, so
/// that an attacker cannot lock the owner out. The counts are kept in memory.
/// </summary>
public sealed class FailedLogins : IDisposable
{
    private const int MaxKnown = 100_000;
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(30);

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MaxKnown });
    private readonly PartitionedRateLimiter<(Username Account, string? Address)> _failures;
    private readonly ChatMetrics _metrics;

    public FailedLogins(IOptions<LimitOptions> limits, ChatMetrics metrics)
    {
        _metrics = metrics;
        var perHour = limits.Value.FailedLogInsPerHour;
        _failures = PartitionedRateLimiter.Create<(Username, string?), (Username, string?)>(source => RateLimitPartition.GetTokenBucketLimiter(
            source, _ => new() { TokenLimit = perHour, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromHours(1) / perHour, QueueLimit = 0 }));
    }

    /// <summary>Refuses a login after too many failures.</summary>
    /// <exception cref="RejectedException">There were too many. The rejection says when to retry.</exception>
    public void ThrowIfTooMany(Username account, string address)
    {
        // A lease of no permits would be granted as soon as a fraction of a permit is back.
        var source = SourceOf(account, address);
        if (_failures.GetStatistics(source)?.CurrentAvailablePermits > 0)
            return;
        using var lease = _failures.AttemptAcquire(source);
        if (lease.IsAcquired)
            return;
        _metrics.Refused("FailedLogins");
        throw new RejectedException(new(ErrorCode.RateLimited, "Too many failed logins.", RetryAfter: lease.RetryAfter()));
    }

    /// <summary>Counts a login with a wrong password.</summary>
    public void NoteFailure(Username account, string address) => _failures.AttemptAcquire(SourceOf(account, address)).Dispose();

    /// <summary>Remembers that an address has logged in to the account.</summary>
    public void NoteSuccess(Username account, string address) =>
        _known.Set((account, address), true, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = KnownFor });

    public void Dispose()
    {
        _failures.Dispose();
        _known.Dispose();
    }

    private (Username Account, string? Address) SourceOf(Username account, string address) => (account, _known.TryGetValue((account, address), out _) ? address : null);
}
