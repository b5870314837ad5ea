using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Matching;

/// <summary>The waiting users, and the pairs that are being opened.</summary>
public sealed record MatcherState : IEntityState<MatcherState>
{
    public static MatcherState Initial { get; } = new();

    /// <summary>The waiting users.</summary>
    public MatchPool Pool { get; private init; } = MatchPool.Empty;

    /// <summary>The pairs that are being opened, by room.</summary>
    public ImmutableDictionary<string, Paired> Pairs { get; private init; } = ImmutableDictionary<string, Paired>.Empty;

    // The room of each opening pair, by user.
    private ImmutableDictionary<string, string> Pairing { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The pairs of users that have met, for as long as they are kept apart.</summary>
    public RecentPairs Recent { get; private init; } = RecentPairs.Empty;

    // The time of the newest event.
    private long At { get; init; }

    /// <summary>Pairs a user, or lets the user wait. A user that waits in this mode keeps the place, and is matched again after a change.</summary>
    /// <param name="command">The user, the mode and the profile.</param>
    /// <param name="rules">Decide when two users have enough in common.</param>
    /// <param name="now">The time.</param>
    /// <param name="wasThere">Whether the user has entered the room of its opening pair: then a new search means that the user has left it.</param>
    public Decision Enqueue(MatcherCommands.Enqueue command, MatchRules rules, DateTimeOffset now, bool wasThere = false)
    {
        var mode = command.Mode == Mode.Unspecified ? Mode.Chat : command.Mode;
        var before = Pool.Find(command.UserId) is { } waiting && waiting.Mode == mode ? waiting : null;
        if ((Pairing.ContainsKey(command.UserId.Value) && !wasThere) || (before is not null && before.Seeker.Equals(command.Seeker)))
            return Decision.Nothing;
        var newcomer = Pool.Newcomer(mode, command.Seeker, before?.Since ?? now);
        return Pool.Partner(newcomer, Recent, rules, now) is { } partner
            ? Decision.Happens(Pair(partner, newcomer, rules, now))
            : Decision.Happens(new Enqueued { At = newcomer.Since.ToUnixTimeMilliseconds(), Mode = mode, Seeker = command.Seeker });
    }

    /// <summary>Applies a changed profile to a waiting user.</summary>
    public Decision Reconsider(UserId user, Seeker seeker, MatchRules rules, DateTimeOffset now) => Pool.Find(user) is { } waiting
        ? Enqueue(new(user, waiting.Mode, seeker), rules, now)
        : Decision.Nothing;

    /// <summary>Pairs waiting users that have come to accept each other, the longest waiting first.</summary>
    /// <param name="from">The ticket to begin at.</param>
    /// <param name="count">How many users to look at.</param>
    /// <param name="rules">Decide when two users have enough in common.</param>
    /// <param name="now">The time.</param>
    /// <param name="next">The ticket to continue at; null if there are no more users.</param>
    public Decision Pass(long from, int count, MatchRules rules, DateTimeOffset now, out long? next)
    {
        next = null;
        var pool = Pool;
        var pairs = new List<IMessage>();
        foreach (var person in Pool.From(from))
        {
            if (count-- == 0)
            {
                next = person.Ticket;
                break;
            }

            var user = new UserId(person.Seeker.UserId);
            if (pool.Find(user) is null || pool.Partner(person, Recent, rules, now) is not { } partner)
                continue;
            pairs.Add(Pair(person, partner, rules, now));
            pool = pool.Remove(user).Remove(new(partner.Seeker.UserId));
        }

        return Decision.Happens(pairs);
    }

    /// <summary>Ends searches that have lasted too long, at most <paramref name="count"/>.</summary>
    public Decision Expire(TimeSpan timeout, int count, DateTimeOffset now) => Decision.Happens(
    [
        .. Pool.People.TakeWhile(person => now - person.Since >= timeout).Take(count)
            .Select(person => Withdrawal(new(person.Seeker.UserId), Withdrawn.Types.Reason.TimedOut, now)),
    ]);

    /// <summary>Ends a search.</summary>
    public Decision Withdraw(UserId user, Withdrawn.Types.Reason reason, DateTimeOffset now) => Pool.Find(user) is null
        ? Decision.Nothing
        : Decision.Happens(Withdrawal(user, reason, now));

    /// <summary>Notes that a pair's room is open and both users know it.</summary>
    public Decision Open(string room, DateTimeOffset now) => Pairs.ContainsKey(room)
        ? Decision.Happens(new PairOpened { At = now.ToUnixTimeMilliseconds(), RoomId = room })
        : Decision.Nothing;

    /// <summary>A user's opening pair; null if there is none.</summary>
    public Paired? PairOf(UserId user) => Pairing.TryGetValue(user.Value, out var room) ? Pairs[room] : null;

    /// <summary>The state of a user's search.</summary>
    public SearchState Search(UserId user)
    {
        if (Pool.Find(user) is { } waiting)
            return new() { State = SearchState.Types.State.Waiting, Mode = waiting.Mode, Since = Timestamp.FromDateTimeOffset(waiting.Since) };
        return PairOf(user) is { } pair
            ? new() { State = SearchState.Types.State.Matched, Mode = pair.Mode, Since = Time(pair.At) }
            : new() { State = SearchState.Types.State.Idle };
    }

    public MatcherState Apply(IMessage journaled) => journaled switch
    {
        Enqueued e => this with
        {
            At = Math.Max(At, e.At),
            // A user with a destroyed key does not wait any more.
            Pool = e.Seeker.Encrypted.IsEmpty ? Pool.Add(e.Mode, e.Seeker, DateTimeOffset.FromUnixTimeMilliseconds(e.At)) : Pool,
        },
        Withdrawn e => this with { At = Math.Max(At, e.At), Pool = Pool.Remove(new(e.UserId)) },
        Paired e => Opening(e) with
        {
            At = Math.Max(At, e.At),
            Pool = Pool.Remove(new(e.First.UserId)).Remove(new(e.Second.UserId)),
            Recent = Recent.Add(e.First.UserId, e.Second.UserId, e.ApartUntil, e.At),
        },
        PairOpened e => this with
        {
            At = Math.Max(At, e.At),
            Pairs = Pairs.Remove(e.RoomId),
            Pairing = Pairing.RemoveRange(new[] { Pairs[e.RoomId].First.UserId, Pairs[e.RoomId].Second.UserId }.Where(user => Pairing.GetValueOrDefault(user) == e.RoomId)),
        },
        _ => throw new ArgumentException($"{journaled.Descriptor.FullName} is not an event of the matcher.", nameof(journaled)),
    };

    public static MatcherState FromSnapshot(IMessage snapshot)
    {
        var from = (MatcherSnapshot)snapshot;
        var state = from.Waiting.Aggregate(Initial, (state, waiting) => state.Apply(waiting));
        state = from.Pairs.Aggregate(state, (state, pair) => state.Opening(pair));
        return state with
        {
            At = from.At,
            Recent = from.Apart.Aggregate(RecentPairs.Empty, (recent, apart) => recent.Add(apart.First, apart.Second, apart.Until, from.At)),
        };
    }

    public ISnapshot ToSnapshot() => new MatcherSnapshot
    {
        At = At,
        Waiting = { Pool.People.Select(p => new Enqueued { At = p.Since.ToUnixTimeMilliseconds(), Mode = p.Mode, Seeker = p.Seeker }) },
        // The ids are ordered by time: a later pair counts.
        Pairs = { Pairs.Values.OrderBy(pair => pair.RoomId, StringComparer.Ordinal) },
        Apart = { Recent.All.Where(pair => pair.Until > At).Select(pair => new Apart { First = pair.One, Second = pair.Other, Until = pair.Until }) },
    };

    private MatcherState Opening(Paired pair) => this with
    {
        Pairs = Pairs.Add(pair.RoomId, pair),
        Pairing = Pairing.SetItem(pair.First.UserId, pair.RoomId).SetItem(pair.Second.UserId, pair.RoomId),
    };

    private static Paired Pair(WaitingPerson first, WaitingPerson second, MatchRules rules, DateTimeOffset now) => new()
    {
        At = now.ToUnixTimeMilliseconds(),
        RoomId = RoomId.New(now).Value,
        Mode = first.Mode,
        First = first.Seeker,
        Second = second.Seeker,
        ApartUntil = (now + rules.RematchAfter).ToUnixTimeMilliseconds(),
    };

    private static Withdrawn Withdrawal(UserId user, Withdrawn.Types.Reason reason, DateTimeOffset now) =>
        new() { At = now.ToUnixTimeMilliseconds(), UserId = user.Value, Reason = reason };

    private static Timestamp Time(long unixMilliseconds) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds));
}
