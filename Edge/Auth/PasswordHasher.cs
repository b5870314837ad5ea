using System.Diagnostics;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Options;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Auth;

/// <summary>
/// Hashes passwords with bcrypt over SHA-384, so that all of a long password counts. A hash keeps a core busy for a good
/// part of a second, so each runs on a thread of its own, one core stays free for the chat, and few callers wait.
/// </summary>
public sealed class PasswordHasher(IOptions<AuthOptions> options) : IDisposable
{
    // Hashes that a caller waits for at most: about 8 seconds at the default work factor.
    private const int LongestQueue = 32;

    private readonly ConcurrencyLimiter _turns = new(new() { PermitLimit = Turns, QueueLimit = Waiting });
    private readonly int _workFactor = options.Value.BcryptWorkFactor;
    private readonly string _decoy = $"$2a${options.Value.BcryptWorkFactor:D2}${new string('.', 53)}";
    private long _ticksOfLastHash = TimeSpan.TicksPerSecond / LongestQueue;

    /// <summary>Hashes that run at once.</summary>
    public static int Turns { get; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Callers that may wait for their turn.</summary>
    public static int Waiting => Turns * LongestQueue;

    /// <summary>Hashes a password.</summary>
    /// <exception cref="RejectedException">Too many callers wait.</exception>
    /// <exception cref="OperationCanceledException">The caller left before its turn.</exception>
    public Task<PasswordHash> HashAsync(Password password, CancellationToken cancellationToken) =>
        InTurnAsync(() => new PasswordHash(BCrypt.Net.BCrypt.EnhancedHashPassword(password.Value, _workFactor)), cancellationToken);

    /// <summary>Checks a password. Without a hash it takes as long and is false, so that time does not tell whether an account exists.</summary>
    /// <exception cref="RejectedException">Too many callers wait.</exception>
    /// <exception cref="OperationCanceledException">The caller left before its turn.</exception>
    public Task<bool> VerifyAsync(Password password, PasswordHash? hash, CancellationToken cancellationToken) =>
        InTurnAsync(() => BCrypt.Net.BCrypt.EnhancedVerify(password.Value, hash?.Value ?? _decoy) && hash is not null, cancellationToken);

    public void Dispose() => _turns.Dispose();

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        using var turn = await _turns.AcquireAsync(cancellationToken: cancellationToken);
        if (!turn.IsAcquired)
            throw new RejectedException(new(ErrorCode.Unavailable, "Too many passwords are being checked.", RetryAfter: TimeSpan.FromTicks(Volatile.Read(ref _ticksOfLastHash)) * LongestQueue));
        // A hash that runs keeps its turn to its end, whether or not its caller is still there.
        var started = Stopwatch.GetTimestamp();
        var result = await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Volatile.Write(ref _ticksOfLastHash, Stopwatch.GetElapsedTime(started).Ticks);
        return result;
    }
}
