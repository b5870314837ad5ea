using System.Diagnostics;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Options;
using WebChat.Actors.Telemetry;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Auth;

/// <summary>
/// Hashes passwords with bcrypt over SHA-384, so that every character of a long password counts. A hash keeps a core busy for a
/// good part of a second. So each runs on a thread of its own, one core stays free for the chat, and no caller waits long.
/// </summary>
public sealed class PasswordHasher : IDisposable
{
    // A caller that would wait longer is refused at once.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    private readonly ConcurrencyLimiter _turns = new(new() { PermitLimit = Turns, QueueLimit = int.MaxValue });

    // The callers of one address queue among themselves, so that a crowd of them does not delay the callers of other addresses.
    private readonly PartitionedRateLimiter<string> _places = PartitionedRateLimiter.Create<string, string>(
        address => RateLimitPartition.GetConcurrencyLimiter(address, _ => new() { PermitLimit = Turns, QueueLimit = int.MaxValue }));
    private readonly int _workFactor;
    private readonly string _decoy;
    private readonly ChatMetrics _metrics;

    private long _ticksOfLastHash;
    private int _callers;

    public PasswordHasher(IOptions<AuthOptions> options, ChatMetrics metrics)
    {
        _workFactor = options.Value.BcryptWorkFactor;
        _decoy = $"$2a${_workFactor:D2}${new string('.', 53)}";
        // The first estimate: a quarter of a second at a work factor of 12, and half of that for each step less.
        _ticksOfLastHash = TimeSpan.FromMilliseconds(250 * Math.Pow(2, _workFactor - 12)).Ticks;
        _metrics = metrics;
        metrics.ObservePasswords(() => Volatile.Read(ref _callers));
    }

    private static int Turns { get; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Hashes a password.</summary>
    /// <exception cref="RejectedException">Too many callers wait.</exception>
    /// <exception cref="OperationCanceledException">The caller disconnected before its turn.</exception>
    public Task<PasswordHash> HashAsync(Password password, string address, CancellationToken cancellationToken) =>
        InTurnAsync(() => new PasswordHash(BCrypt.Net.BCrypt.EnhancedHashPassword(password.Value, _workFactor)), address, cancellationToken);

    /// <summary>Checks a password. Without a hash it takes as long and returns false, so that timing does not reveal whether an account exists.</summary>
    /// <exception cref="RejectedException">Too many callers wait.</exception>
    /// <exception cref="OperationCanceledException">The caller disconnected before its turn.</exception>
    public Task<bool> VerifyAsync(Password password, PasswordHash? hash, string address, CancellationToken cancellationToken) =>
        InTurnAsync(() => BCrypt.Net.BCrypt.EnhancedVerify(password.Value, hash?.Value ?? _decoy) && hash is not null, address, cancellationToken);

    public void Dispose()
    {
        _places.Dispose();
        _turns.Dispose();
    }

    private async Task<T> InTurnAsync<T>(Func<T> work, string address, CancellationToken cancellationToken)
    {
        var wait = WaitOf(address);
        if (wait > LongestWait)
        {
            _metrics.Refused("PasswordQueue");
            throw new RejectedException(new(ErrorCode.Unavailable, "Too many passwords are being checked.", RetryAfter: wait));
        }

        Interlocked.Increment(ref _callers);
        try
        {
            using var place = await _places.AcquireAsync(address, cancellationToken: cancellationToken);
            using var turn = await _turns.AcquireAsync(cancellationToken: cancellationToken);
            // A running hash keeps its place until it ends, even if its caller has disconnected.
            var started = Stopwatch.GetTimestamp();
            var result = await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            var time = Stopwatch.GetElapsedTime(started);
            Volatile.Write(ref _ticksOfLastHash, time.Ticks);
            _metrics.Hashed(time);
            return result;
        }
        finally
        {
            Interlocked.Decrement(ref _callers);
        }
    }

    // A caller first waits for a place of its address: each round of them passes through the queue of all addresses, and then works.
    private TimeSpan WaitOf(string address)
    {
        var rounds = (double)(_places.GetStatistics(address)?.CurrentQueuedCount ?? 0) / Turns;
        var queue = (double)_turns.GetStatistics()!.CurrentQueuedCount / Turns;
        return TimeSpan.FromTicks(Volatile.Read(ref _ticksOfLastHash)) * (((rounds + 1) * queue) + rounds);
    }
}
