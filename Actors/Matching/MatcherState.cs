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

    /// <summary>The waiting users with a connected client.</summary>
    public MatchPool Pool { get; private init; } = MatchPool.Empty;

    /// <summary>The waiting users without a connected client: not matched.</summary>
    public ImmutableDictionary<string, WaitingPerson> Paused { get; private init; } = ImmutableDictionary<string, WaitingPerson>.Empty;

    /// <summary>The pairs that are being opened, by room.</summary>
    public ImmutableDictionary<string, Paired> Pairs { get; private init; } = ImmutableDictionary<string, Paired>.Empty;

    /// <summary>The number of waiting users.</summary>
    public int Count => Pool.Count + Paused.Count;

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
        var before = Find(command.UserId) is { } waiting && waiting.Mode == mode ? waiting : null;
        if ((Pairing.ContainsKey(command.UserId.Value) && !wasThere) || (before is not null && before.Seeker.Equals(command.Seeker)))
            return Decision.Nothing;
        var newcomer = Pool.Newcomer(mode, command.Seeker, before?.Since ?? now);
        return command.IsPresent && Pool.Partner(newcomer, Recent, rules, now) is { } partner
            ? Decision.Happens(Pair(partner, newcomer, rules, now))
            : Decision.Happens(new Enqueued { At = newcomer.Since.ToUnixTimeMilliseconds(), Mode = mode, Seeker = command.Seeker, Paused = !command.IsPresent });
    }

    /// <summary>Applies a changed profile to a waiting user.</summary>
    public Decision Reconsider(UserId user, Seeker seeker, MatchRules rules, DateTimeOffset now) => Find(user) is { } waiting
        ? Enqueue(new(user, waiting.Mode, seeker, IsPresent: !Paused.ContainsKey(user.Value)), rules, now)
        : Decision.Nothing;

    /// <summary>Pauses the search of a user without a connected client.</summary>
    public Decision Pause(UserId user, DateTimeOffset now) => Pool.Find(user) is null
        ? Decision.Nothing
        : Decision.Happens(Pausing(user, now));

    /// <summary>Pauses all searches: after a start, no user is known to have a connected client.</summary>
    public Decision PauseAll(DateTimeOffset now) => Decision.Happens([.. Pool.People.Select(person => Pausing(new(person.Seeker.UserId), now))]);

    /// <summary>Pairs a user that is there again, or lets it wait at its place.</summary>
    public Decision Resume(UserId user, MatchRules rules, DateTimeOffset now)
    {
        if (!Paused.TryGetValue(user.Value, out var person))
            return Decision.Nothing;
        return Pool.Partner(person, Recent, rules, now) is { } partner
            ? Decision.Happens(Pair(partner, person, rules, now))
            : Decision.Happens(new SearchResumed { At = now.ToUnixTimeMilliseconds(), UserId = user.Value });
    }

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
        .. Pool.People.TakeWhile(person => now - person.Since >= timeout).Concat(Paused.Values.Where(person => now - person.Since >= timeout)).Take(count)
            .Select(person => Withdrawal(new(person.Seeker.UserId), Withdrawn.Types.Reason.TimedOut, now)),
    ]);

    /// <summary>Ends a search.</summary>
    public Decision Withdraw(UserId user, Withdrawn.Types.Reason reason, DateTimeOffset now) => Find(user) is null
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
        if (Find(user) is { } waiting)
            return new() { State = SearchState.Types.State.Waiting, Mode = waiting.Mode, Since = Timestamp.FromDateTimeOffset(waiting.Since) };
        return PairOf(user) is { } pair
            ? new() { State = SearchState.Types.State.Matched, Mode = pair.Mode, Since = Time(pair.At) }
            : new() { State = SearchState.Types.State.Idle };
    }

    public MatcherState Apply(IMessage journaled) => journaled switch
    {
        // A user with a destroyed key does not wait any more.
        Enqueued e => (e.Seeker.Encrypted.IsEmpty ? With(e) : this) with { At = Math.Max(At, e.At) },
        SearchPaused e => WithPaused(e.UserId) with { At = Math.Max(At, e.At) },
        SearchResumed e => WithResumed(e.UserId) with { At = Math.Max(At, e.At) },
        Withdrawn e => Without(e.UserId) with { At = Math.Max(At, e.At) },
        Paired e => Without(e.First.UserId).Without(e.Second.UserId).Opening(e) with
        {
            At = Math.Max(At, e.At),
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
        Waiting =
        {
            Pool.People.Concat(Paused.Values).OrderBy(p => p.Ticket).Select(p => new Enqueued
            {
                At = p.Since.ToUnixTimeMilliseconds(), Mode = p.Mode, Seeker = p.Seeker, Paused = Paused.ContainsKey(p.Seeker.UserId),
            }),
        },
        // The ids are ordered by time: a later pair counts.
        Pairs = { Pairs.Values.OrderBy(pair => pair.RoomId, StringComparer.Ordinal) },
        Apart = { Recent.All.Where(pair => pair.Until > At).Select(pair => new Apart { First = pair.One, Second = pair.Other, Until = pair.Until }) },
    };

    private WaitingPerson? Find(UserId user) => Pool.Find(user) ?? Paused.GetValueOrDefault(user.Value);

    private MatcherState With(Enqueued enqueued)
    {
        var state = WithResumed(enqueued.Seeker.UserId);
        state = state with { Pool = state.Pool.Add(enqueued.Mode, enqueued.Seeker, DateTimeOffset.FromUnixTimeMilliseconds(enqueued.At)) };
        return enqueued.Paused ? state.WithPaused(enqueued.Seeker.UserId) : state;
    }

    private MatcherState WithPaused(string user) => Pool.Find(new(user)) is { } person
        ? this with { Paused = Paused.SetItem(user, person), Pool = Pool.Remove(new(user)) }
        : this;

    private MatcherState WithResumed(string user) => Paused.TryGetValue(user, out var person)
        ? this with { Paused = Paused.Remove(user), Pool = Pool.Add(person) }
        : this;

    private MatcherState Without(string user) => this with { Paused = Paused.Remove(user), Pool = Pool.Remove(new(user)) };

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

    private static SearchPaused Pausing(UserId user, DateTimeOffset now) => new() { At = now.ToUnixTimeMilliseconds(), UserId = user.Value };

    private static Withdrawn Withdrawal(UserId user, Withdrawn.Types.Reason reason, DateTimeOffset now) =>
        new() { At = now.ToUnixTimeMilliseconds(), UserId = user.Value, Reason = reason };

    private static Timestamp Time(long unixMilliseconds) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds));
}
