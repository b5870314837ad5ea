using System.Collections.Immutable;
using Google.Protobuf;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Actors.Accounts.Guests;

/// <summary>The guests, by user id, and when each is known to have been used.</summary>
public sealed record GuestsState(ImmutableDictionary<string, GuestNoted> Guests) : IEntityState<GuestsState>
{
    public static GuestsState Initial { get; } = new(ImmutableDictionary<string, GuestNoted>.Empty);

    /// <summary>Notes that a guest was used.</summary>
    public static Decision Note(UserId user, DateTimeOffset usedAt, DateTimeOffset now) =>
        Decision.Happens(new GuestNoted { At = now.ToUnixTimeMilliseconds(), UserId = user.Value, UsedAt = usedAt.ToUnixTimeMilliseconds() });

    /// <summary>Forgets a guest.</summary>
    public Decision Forget(UserId user, DateTimeOffset now) => Guests.ContainsKey(user.Value)
        ? Decision.Happens(new GuestForgotten { At = now.ToUnixTimeMilliseconds(), UserId = user.Value })
        : Decision.Nothing;

    /// <summary>The guests that are not known to have been used since then, the longest unused first.</summary>
    public IEnumerable<UserId> Unused(DateTimeOffset since) => Guests.Values
        .Where(guest => guest.UsedAt <= since.ToUnixTimeMilliseconds())
        .OrderBy(guest => guest.UsedAt)
        .Select(guest => new UserId(guest.UserId));

    public GuestsState Apply(IMessage journaled) => journaled switch
    {
        GuestNoted e => new(Guests.SetItem(e.UserId, e)),
        GuestForgotten e => new(Guests.Remove(e.UserId)),
        _ => throw new ArgumentException($"{journaled.Descriptor.FullName} is not an event of the list of guests.", nameof(journaled)),
    };

    public static GuestsState FromSnapshot(IMessage snapshot) => new(((GuestsSnapshot)snapshot).Guests.ToImmutableDictionary(guest => guest.UserId));

    public ISnapshot ToSnapshot() => new GuestsSnapshot { Guests = { Guests.Values } };
}
