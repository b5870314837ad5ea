using Akka.Actor;
using Akka.Hosting;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Matching;

/// <summary>
/// Brings people together. A pair is written down before anybody is told; then its room is opened and both users note
/// it, each step repeated until it is confirmed, also after a crash. So nobody is matched twice and no pair is lost.
/// </summary>
public sealed class MatcherActor : EntityActor<MatcherState>, IWithTimers
{
    private const long First = 1;
    private const long Second = 2;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly IRequiredActor<RoomRegion> _rooms;
    private readonly IRequiredActor<UserRegion> _users;
    private readonly TimeSpan _grace;

    // Of the pairs being brought together, who has not confirmed yet: First, Second or both.
    private readonly Dictionary<string, HashSet<long>> _unconfirmed = [];

    // Who waited when the process went down and was not heard of since.
    private readonly HashSet<UserId> _unseen = [];

    /// <param name="rooms">Where pairs meet.</param>
    /// <param name="users">Who meets.</param>
    /// <param name="sessions">How long a person who was waiting may take to come back after a restart.</param>
    public MatcherActor(IRequiredActor<RoomRegion> rooms, IRequiredActor<UserRegion> users, IOptions<SessionOptions> sessions)
        : base(PersistenceIds.Matcher, TimeSpan.FromHours(1))
    {
        _rooms = rooms;
        _users = users;
        _grace = sessions.Value.GracePeriod;

        Command<MatcherCommands.Enqueue>(c => Carry(c, State.Enqueue(c, Now), SearchOf(c.UserId)));
        Command<MatcherCommands.Withdraw>(c => Carry(c, State.Withdraw(c.UserId, c.Reason, Now), SearchOf(c.UserId)));
        Command<MatcherQueries.GetSearch>(c => Carry(c, Decision.Nothing, SearchOf(c.UserId)));
        Command<RoomReplies.RoomIs>(opened => TellBoth(opened.Room.RoomId));
        Command<UserReplies.Entered>(entered => Confirm(entered.RoomId.Value, entered.Tag));
        Command<BringTogether>(retry => Bring(retry.RoomId));
        Command<ReturnOver>(_ => WithdrawUnseen());
        Command<Rejection>(_ => { }); // the retry is on its way
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool MayRest => false;

    /// <inheritdoc/>
    protected override void Recovered()
    {
        foreach (var room in State.Pairs.Keys)
            Bring(room);
        _unseen.UnionWith(State.Pool.People.Select(person => new UserId(person.Seeker.UserId)));
        if (_unseen.Count > 0)
            Timers.StartSingleTimer(ReturnOver.Instance, ReturnOver.Instance, _grace);
    }

    /// <inheritdoc/>
    protected override void Happened(IMessage journaled)
    {
        if (journaled is Paired paired)
            Bring(paired.RoomId);
    }

    private Func<Reply> SearchOf(UserId user)
    {
        _unseen.Remove(user);
        return () => new MatcherReplies.SearchIs(Durable.Search(user));
    }

    private void Bring(string room)
    {
        if (!Durable.Pairs.TryGetValue(room, out var pair))
            return;
        Timers.StartSingleTimer(room, new BringTogether(room), RetryAfter);
        _rooms.ActorRef.Tell(new RoomCommands.OpenPair(new(room), PersonOf(pair.First), PersonOf(pair.Second)));
    }

    private void TellBoth(string room)
    {
        if (!Durable.Pairs.TryGetValue(room, out var pair))
            return;
        _unconfirmed[room] = [First, Second];
        _users.ActorRef.Tell(new UserCommands.EnterRoom(new(pair.First.UserId), new(room), Room.Types.Kind.Pair) { Tag = First });
        _users.ActorRef.Tell(new UserCommands.EnterRoom(new(pair.Second.UserId), new(room), Room.Types.Kind.Pair) { Tag = Second });
    }

    private void Confirm(string room, long who)
    {
        if (!_unconfirmed.TryGetValue(room, out var waiting) || !waiting.Remove(who) || waiting.Count > 0)
            return;
        _unconfirmed.Remove(room);
        Timers.Cancel(room);
        Commit(State.Open(room, Now).Events, () => { });
    }

    private void WithdrawUnseen()
    {
        foreach (var user in _unseen)
            Commit(State.Withdraw(user, Withdrawn.Types.Reason.Absent, Now).Events, () => { });
        _unseen.Clear();
    }

    private static Person PersonOf(Seeker seeker) => new(new(seeker.UserId), seeker.Nickname);

    private sealed record BringTogether(string RoomId);

    private sealed record ReturnOver
    {
        public static ReturnOver Instance { get; } = new();
    }
}
