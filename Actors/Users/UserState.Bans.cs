using WebChat.Actors.Hosting;
using WebChat.Actors.Moderation;
using WebChat.Actors.Rooms;
using WebChat.Journal.V1;

namespace WebChat.Actors.Users;

/// <content>Bans.</content>
public sealed partial record UserState
{
    /// <summary>The end of the user's ban, which may be past; null if not banned.</summary>
    public DateTimeOffset? BannedUntil { get; private init; }

    /// <summary>The rooms that a banned user leaves: all but kept pairs, which cannot be restored.</summary>
    public IEnumerable<RoomId> RoomsToQuit => Rooms.Where(room => !room.Kept).Select(room => new RoomId(room.RoomId));

    /// <summary>The rejection of a banned user; null if the user is not banned.</summary>
    public Rejection? Refusal(DateTimeOffset now) => BannedUntil is { } until && now < until ? Bans.Refusal(until, now) : null;

    /// <summary>Notes the end of the user's ban; null: not banned.</summary>
    public Decision NoteBan(DateTimeOffset? until, DateTimeOffset now)
    {
        if (until == BannedUntil)
            return Decision.Nothing;
        var at = now.ToUnixTimeMilliseconds();
        return until is { } end
            ? Decision.Happens(new Banned { At = at, Until = end.ToUnixTimeMilliseconds() })
            : Decision.Happens(new Unbanned { At = at });
    }

    private UserState WithBan(long unixMilliseconds) =>
        this with { BannedUntil = unixMilliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds) };
}
