using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using WebChat.Actors.Options;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Limits;

/// <summary>How often one address may sign up and log in, over whatever transport. An IPv6 host has a whole /64 to itself and so counts by that.</summary>
public sealed class AddressLimits(IOptions<LimitOptions> options) : IDisposable
{
    private const int Segments = 12;

    private readonly PartitionedRateLimiter<IPAddress?> _signUps = Limit(options.Value.SignUpsPerHour, TimeSpan.FromHours(1));
    private readonly PartitionedRateLimiter<IPAddress?> _logIns = Limit(options.Value.LogInsPerQuarterHour, TimeSpan.FromMinutes(15));

    /// <summary>Counts a sign-up.</summary>
    /// <exception cref="RejectedException">It is one too many.</exception>
    public void TakeSignUp(IPAddress? address) => _signUps.Take(address, "Too many sign-ups from this address.");

    /// <summary>Counts a log-in, whether it will succeed or not.</summary>
    /// <exception cref="RejectedException">It is one too many.</exception>
    public void TakeLogIn(IPAddress? address) => _logIns.Take(address, "Too many log-ins from this address.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _signUps.Dispose();
        _logIns.Dispose();
    }

    private static PartitionedRateLimiter<IPAddress?> Limit(int permits, TimeSpan window) =>
        PartitionedRateLimiter.Create<IPAddress?, string>(address => RateLimitPartition.GetSlidingWindowLimiter(
            Partition(address), _ => new() { PermitLimit = permits, Window = window, SegmentsPerWindow = Segments, QueueLimit = 0 }));

    private static string Partition(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
