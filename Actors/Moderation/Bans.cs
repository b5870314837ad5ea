using System.Collections.Concurrent;
using System.Globalization;
using WebChat.Actors.Users;
using WebChat.Journal.V1;

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

/// <summary>A person's newest ban.</summary>
/// <param name="Imposed">Whose, from when, until when, by whom and why.</param>
/// <param name="IsLifted">Whether it was taken back before its time.</param>
/// <param name="IsCarriedOut">Whether the user knows how it stands, and has drawn the consequences.</param>
public sealed record BanEntry(BanImposed Imposed, bool IsLifted, bool IsCarriedOut)
{
    /// <summary>Who is banned.</summary>
    public UserId User => new(Imposed.UserId);

    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset Until => DateTimeOffset.FromUnixTimeMilliseconds(Imposed.Until);

    /// <summary>Until when the person is kept out; null if the ban was lifted.</summary>
    public DateTimeOffset? Lasts => IsLifted ? null : Until;

    /// <summary>Whether the person is kept out.</summary>
    public bool IsOn(DateTimeOffset now) => !IsLifted && now < Until;
}
