using System.Collections.Concurrent;
using System.Globalization;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Moderation;

/// <summary>
/// The banned users, in memory, so that every request can be checked. Each node reads them at start, before its first request, and then
/// whenever the register of reports and bans has changed them. Thread-safe.
/// </summary>
public sealed class Bans
{
    private readonly ConcurrentDictionary<UserId, (DateTimeOffset Until, ReportReason Reason)> _bans = new();

    /// <summary>The rejection of a banned user; null if the user is not banned.</summary>
    public Rejection? Refusal(UserId user, DateTimeOffset now)
    {
        if (!_bans.TryGetValue(user, out var ban))
            return null;
        if (now < ban.Until)
            return Refusal(ban.Until, now, ban.Reason);
        _bans.TryRemove(KeyValuePair.Create(user, ban));
        return null;
    }

    /// <summary>The rejection of a user with a ban until a time.</summary>
    public static Rejection Refusal(DateTimeOffset until, DateTimeOffset now, ReportReason reason = ReportReason.Unspecified) => new(
        ErrorCode.PermissionDenied, string.Create(CultureInfo.InvariantCulture, $"You are banned until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}."), RetryAfter: until - now, BanReason: reason);

    /// <summary>Sets the end and the reason of a user's ban; without an end, the user is not banned any more.</summary>
    public void Set(UserId user, DateTimeOffset? until, ReportReason reason)
    {
        if (until is { } end)
            _bans[user] = (end, reason);
        else
            _bans.TryRemove(user, out _);
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
