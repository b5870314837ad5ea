using WebChat.Actors.Hosting;
using WebChat.Actors.Moderation;
using WebChat.Actors.Rooms;
using WebChat.Journal.V1;

namespace WebChat.Actors.Users;

/// <content>Whether the person is kept out.</content>
public sealed partial record UserState
{
    /// <summary>Until when the person is, or was, kept out; null if not banned.</summary>
    public DateTimeOffset? BannedUntil { get; private init; }

    /// <summary>The rooms that a banned person leaves: all but kept pairs, which cannot be had again.</summary>
    public IEnumerable<RoomId> RoomsToQuit => Rooms.Where(room => !room.Kept).Select(room => new RoomId(room.RoomId));

    /// <summary>Why the person is kept out now; null if that is not so.</summary>
    public Rejection? Refusal(DateTimeOffset now) => BannedUntil is { } until && now < until ? Bans.Refusal(until, now) : null;

    /// <summary>Notes until when the person is banned; null: not (any more).</summary>
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
