using System.Collections.Concurrent;
using System.Globalization;
using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Actors.Moderation;

/// <summary>
/// The banned users, in memory, so that every request can be checked. Each node reads them at start, before its first request, and then
/// whenever the register of reports and bans has changed them. Thread-safe.
/// </summary>
public sealed class Bans
{
    private readonly ConcurrentDictionary<UserId, DateTimeOffset> _until = new();

    /// <summary>The rejection of a banned user; null if the user is not banned.</summary>
    public Rejection? Refusal(UserId user, DateTimeOffset now)
    {
        if (!_until.TryGetValue(user, out var until))
            return null;
        if (now < until)
            return Refusal(until, now);
        _until.TryRemove(KeyValuePair.Create(user, until));
        return null;
    }

    /// <summary>The rejection of a user with a ban until a time.</summary>
    public static Rejection Refusal(DateTimeOffset until, DateTimeOffset now) => new(
        ErrorCode.PermissionDenied, string.Create(CultureInfo.InvariantCulture, $"You are banned until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}."), RetryAfter: until - now);

    /// <summary>Sets the end of a user's ban; null: the user is not banned any more.</summary>
    public void Set(UserId user, DateTimeOffset? until)
    {
        if (until is { } end)
            _until[user] = end;
        else
            _until.TryRemove(user, out _);
    }
}

/// <summary>A user's newest ban.</summary>
/// <param name="Imposed">The user, the start, the end, the admin and the reason.</param>
/// <param name="IsLifted">Whether an admin has ended it early.</param>
/// <param name="IsCarriedOut">Whether the user has been told of the current state, and has acted on it.</param>
public sealed record BanEntry(BanImposed Imposed, bool IsLifted, bool IsCarriedOut)
{
    /// <summary>The banned user.</summary>
    public UserId User => new(Imposed.UserId);

    /// <summary>When the ban expires.</summary>
    public DateTimeOffset Until => DateTimeOffset.FromUnixTimeMilliseconds(Imposed.Until);

    /// <summary>The end of the ban; null if it was lifted.</summary>
    public DateTimeOffset? Lasts => IsLifted ? null : Until;

    /// <summary>Whether the ban is in force.</summary>
    public bool IsOn(DateTimeOffset now) => !IsLifted && now < Until;
}
