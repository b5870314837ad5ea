using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Matching;

/// <summary>Who waits, and which pairs are being brought together.</summary>
public sealed record MatcherState : IEntityState<MatcherState>
{
    /// <inheritdoc/>
    public static MatcherState Initial { get; } = new();

    /// <summary>Who waits.</summary>
    public MatchPool Pool { get; private init; } = MatchPool.Empty;

    /// <summary>The pairs whose room is not known to be open, by room.</summary>
    public ImmutableDictionary<string, Paired> Pairs { get; private init; } = ImmutableDictionary<string, Paired>.Empty;

    // By user, the room of the pair that is being brought together.
    private ImmutableDictionary<string, string> Pairing { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Somebody starts to search: is paired with who fits, or waits.</summary>
    public Decision Enqueue(MatcherCommands.Enqueue command, DateTimeOffset now)
    {
        var mode = command.Mode == Mode.Unspecified ? Mode.Chat : command.Mode;
        if (Pairing.ContainsKey(command.UserId.Value) || Pool.Find(command.UserId)?.Mode == mode)
            return Decision.Nothing;
        var partner = Pool.Partner(mode, command.Seeker);
        return partner is null
            ? Decision.Happens(new Enqueued { At = now.ToUnixTimeMilliseconds(), Mode = mode, Seeker = command.Seeker })
            : Decision.Happens(new Paired
            {
                At = now.ToUnixTimeMilliseconds(),
                RoomId = RoomId.New(now).Value,
                Mode = mode,
                First = partner.Seeker,
                Second = command.Seeker,
            });
    }

    /// <summary>Ends a search.</summary>
    public Decision Withdraw(UserId user, Withdrawn.Types.Reason reason, DateTimeOffset now) => Pool.Find(user) is null
        ? Decision.Nothing
        : Decision.Happens(new Withdrawn { At = now.ToUnixTimeMilliseconds(), UserId = user.Value, Reason = reason });

    /// <summary>A pair's room is open, and both know it.</summary>
    public Decision Open(string room, DateTimeOffset now) => Pairs.ContainsKey(room)
        ? Decision.Happens(new PairOpened { At = now.ToUnixTimeMilliseconds(), RoomId = room })
        : Decision.Nothing;

    /// <summary>How a user's search stands.</summary>
    public SearchState Search(UserId user)
    {
        if (Pairing.TryGetValue(user.Value, out var room))
            return new() { State = SearchState.Types.State.Matched, Mode = Pairs[room].Mode, Since = Time(Pairs[room].At) };
        return Pool.Find(user) is { } waiting
            ? new() { State = SearchState.Types.State.Waiting, Mode = waiting.Mode, Since = Timestamp.FromDateTimeOffset(waiting.Since) }
            : new() { State = SearchState.Types.State.Idle };
    }

    /// <inheritdoc/>
    public MatcherState Apply(IMessage journaled) => journaled switch
    {
        Enqueued e => this with { Pool = Pool.Add(e.Mode, e.Seeker, DateTimeOffset.FromUnixTimeMilliseconds(e.At)) },
        Withdrawn e => this with { Pool = Pool.Remove(new(e.UserId)) },
        Paired e => this with
        {
            Pool = Pool.Remove(new(e.First.UserId)).Remove(new(e.Second.UserId)),
            Pairs = Pairs.Add(e.RoomId, e),
            Pairing = Pairing.SetItem(e.First.UserId, e.RoomId).SetItem(e.Second.UserId, e.RoomId),
        },
        PairOpened e => this with
        {
            Pairs = Pairs.Remove(e.RoomId),
            Pairing = Pairing.Remove(Pairs[e.RoomId].First.UserId).Remove(Pairs[e.RoomId].Second.UserId),
        },
        _ => throw new ArgumentException($"{journaled.Descriptor.FullName} is not an event of the matcher.", nameof(journaled)),
    };

    /// <inheritdoc/>
    public static MatcherState FromSnapshot(IMessage snapshot)
    {
        var from = (MatcherSnapshot)snapshot;
        return from.Waiting.Cast<IMessage>().Concat(from.Pairs).Aggregate(Initial, (state, journaled) => state.Apply(journaled));
    }

    /// <inheritdoc/>
    public IMessage ToSnapshot() => new MatcherSnapshot
    {
        Waiting = { Pool.People.Select(p => new Enqueued { At = p.Since.ToUnixTimeMilliseconds(), Mode = p.Mode, Seeker = p.Seeker }) },
        Pairs = { Pairs.Values },
    };

    private static Timestamp Time(long unixMilliseconds) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds));
}
