using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using WebChat.Actors.Options;

namespace WebChat.Actors.Accounts;

/// <summary>
/// Hashes passwords with bcrypt, away from the actors' threads. It takes most of a core for a good part of a second, so
/// only a few run at once and only some wait; who comes then is told to try again.
/// </summary>
public sealed class PasswordHasher : IDisposable
{
    private const int MaxWaiting = 200;

    // One core stays free for those who chat already.
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount - 1));
    private readonly int _workFactor;
    private readonly string _nobodys;
    private int _waiting;

    /// <summary>Makes ready to hash at the cost of the options, which takes as long as one hash.</summary>
    public PasswordHasher(IOptions<AuthOptions> options)
    {
        _workFactor = options.Value.BcryptWorkFactor;
        _nobodys = BCrypt.Net.BCrypt.HashPassword("nobody's password", _workFactor);
    }

    /// <summary>The hash of a password; null if too many wait already.</summary>
    public Task<string?> Hash(Password password) =>
        InTurn<string?>(() => BCrypt.Net.BCrypt.HashPassword(Digest(password), _workFactor), null);

    /// <summary>
    /// Whether a password has this hash; null if too many wait already. Without a hash it takes as long and is false,
    /// so that time does not tell whether an account exists.
    /// </summary>
    public Task<bool?> Verify(Password password, string? hash) =>
        InTurn<bool?>(() => BCrypt.Net.BCrypt.Verify(Digest(password), hash ?? _nobodys) && hash is not null, null);

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    // Bcrypt looks at the first 72 bytes only and takes no NUL; the digest is shorter, and all of the password counts.
    private static string Digest(Password password) => Convert.ToBase64String(SHA384.HashData(Encoding.UTF8.GetBytes(password.Value)));

    private async Task<T> InTurn<T>(Func<T> work, T refused)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return refused;
        }

        try
        {
            await _turns.WaitAsync().ConfigureAwait(false);
            try
            {
                return await Task.Run(work).ConfigureAwait(false);
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
