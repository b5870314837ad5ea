using System.Collections.Concurrent;
using System.Globalization;
using WebChat.Actors.Users;

namespace WebChat.Actors.Moderation;

/// <summary>
/// Who is banned, in memory, so that every call can be held against it. The register of reports and bans keeps it; at
/// start it is filled before the first call is taken. Thread-safe.
/// </summary>
public sealed class Bans
{
    private readonly ConcurrentDictionary<UserId, DateTimeOffset> _until = new();

    /// <summary>Why a user is kept out now; null if that is not so.</summary>
    public Rejection? Refusal(UserId user, DateTimeOffset now)
    {
        if (!_until.TryGetValue(user, out var until))
            return null;
        if (now < until)
            return Refusal(until, now);
        _until.TryRemove(KeyValuePair.Create(user, until));
        return null;
    }

    /// <summary>What somebody is told who is banned until a time.</summary>
    public static Rejection Refusal(DateTimeOffset until, DateTimeOffset now) => new(
        ErrorCode.PermissionDenied, string.Create(CultureInfo.InvariantCulture, $"You are banned until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}."), RetryAfter: until - now);

    /// <summary>From now on somebody is banned until a time; null: not banned any more.</summary>
    internal void Set(UserId user, DateTimeOffset? until)
    {
        if (until is { } end)
            _until[user] = end;
        else
            _until.TryRemove(user, out _);
    }
}
