using Akka.Actor;
using Akka.Cluster;
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
/// Matches users. A pair is persisted before any user is told. Then its room is opened and both users note it. Each step is
/// repeated until it is confirmed, also after a crash, so no user is matched twice and no pair is lost.
/// </summary>
public sealed class MatcherActor : EntityActor<MatcherState>, IWithTimers
{
    private const long First = 1;
    private const long Second = 2;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    // How often waiting users are matched again, how many at most each time, and how many before other messages have their turn.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private const int PerBeat = 10_000;
    private const int PerTurn = 250;

    private readonly IRequiredActor<RoomRegion> _rooms;
    private readonly IRequiredActor<UserRegion> _users;
    private readonly TimeSpan _grace;
    private readonly TimeSpan _searchTimeout;
    private readonly MatchRules _rules;
    private readonly bool _isCluster;

    // The users of each opening pair that have not confirmed it yet: First, Second or both.
    private readonly Dictionary<string, HashSet<long>> _unconfirmed = [];

    // The users that waited at the last stop and have not been there since.
    private readonly HashSet<UserId> _unseen = [];

    // The pool before the event that has just happened.
    private MatchPool _before = MatchPool.Empty;
    private bool _isBeating;
    private long _lookFrom;
    private int _lookAt;

    public MatcherActor(
        EntityServices services, IRequiredActor<RoomRegion> rooms, IRequiredActor<UserRegion> users, IOptions<SessionOptions> sessions, IOptions<MatchingOptions> matching, IOptions<ClusterOptions> cluster)
        : base(PersistenceIds.Matcher, TimeSpan.FromHours(1), services)
    {
        _rooms = rooms;
        _users = users;
        _grace = sessions.Value.GracePeriod;
        _searchTimeout = matching.Value.SearchTimeout;
        _rules = matching.Value.Rules;
        _isCluster = cluster.Value.IsOn;

        Command<MatcherCommands.Enqueue>(c => Carry(c, State.Enqueue(c, _rules, Now, HasConfirmed(c.UserId)), SearchOf(c.UserId)));
        Command<MatcherCommands.Reconsider>(c => Carry(c, State.Reconsider(c.UserId, c.Seeker, _rules, Now), SearchOf(c.UserId)));
        Command<MatcherCommands.NotePresence>(NotePresence);
        Command<MatcherCommands.Withdraw>(c => Carry(c, State.Withdraw(c.UserId, c.Reason, Now), SearchOf(c.UserId)));
        Command<MatcherQueries.GetSearch>(c => Carry(c, Decision.Nothing, SearchOf(c.UserId)));
        Command<MatcherQueries.CountWaiting>(c => Carry(c, Decision.Nothing, () => new MatcherReplies.WaitingAre(Durable.Count)));
        Command<RoomReplies.RoomIs>(opened => TellBoth(opened.Room.RoomId));
        Command<UserReplies.Entered>(entered => Confirm(entered.RoomId.Value, entered.Tag));
        Command<BringTogether>(retry => Bring(retry.RoomId));
        Command<ReturnOver>(_ => WithdrawUnseen());
        Command<TimeGoesBy>(_ => LookAgain());
        Command<LookOn>(_ => Look());
        Command<ClusterEvent.MemberRemoved>(_ => AskPresence(State.Pool.People.Select(person => person.Seeker.UserId)));
        Command<Done>(_ => { }); // the user confirms that its search has ended
        Command<Rejection>(_ => { }); // a retry is scheduled, or the user does not exist any more
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override UserId PersonOf(IMessage part) => new(((Seeker)part).UserId);

    protected override bool MayRest => false;

    protected override void Recovered()
    {
        CountWaiting();
        // Oldest first, as their ids are: dictionaries are in another order in every process.
        foreach (var room in State.Pairs.Keys.Order(StringComparer.Ordinal))
            Bring(room);
        Commit(State.PauseAll(Now).Events, () => { });
        _unseen.UnionWith(State.Paused.Keys.Select(user => new UserId(user)));
        AskPresence(_unseen.Select(user => user.Value));
        if (_unseen.Count > 0)
            Timers.StartSingleTimer(ReturnOver.Instance, ReturnOver.Instance, _grace);
        BeatWhilePeopleWait();
    }

    protected override void PreStart()
    {
        base.PreStart();
        // The users of a lost node, and their sessions, have told nothing of their end.
        if (_isCluster)
            Akka.Cluster.Cluster.Get(Context.System).Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));
    }

    protected override void Happened(IMessage journaled)
    {
        switch (journaled)
        {
            case Enqueued or SearchResumed:
                BeatWhilePeopleWait();
                break;
            case Paired paired:
                NoteMatch(paired);
                Bring(paired.RoomId);
                break;
            case Withdrawn { Reason: Withdrawn.Types.Reason.TimedOut or Withdrawn.Types.Reason.Unfit } withdrawn:
                _users.ActorRef.Tell(new UserCommands.NoteSearchEnded(new(withdrawn.UserId)));
                break;
        }

        CountWaiting();
    }

    protected override void PostStop()
    {
        base.PostStop();
        if (_isCluster)
            Akka.Cluster.Cluster.Get(Context.System).Unsubscribe(Self);
        // Another node may go on.
        Metrics.SetWaiting(0, Mode.Chat);
        Metrics.SetWaiting(0, Mode.Voice);
    }

    private void CountWaiting()
    {
        _before = Durable.Pool;
        Metrics.SetWaiting(_before.Count - _before.VoiceCount, Mode.Chat);
        Metrics.SetWaiting(_before.VoiceCount, Mode.Voice);
    }

    // A user that finds a partner at once has not waited in the pool.
    private void NoteMatch(Paired paired)
    {
        foreach (var seeker in (Seeker[])[paired.First, paired.Second])
        {
            var since = _before.Find(new(seeker.UserId))?.Since.ToUnixTimeMilliseconds() ?? paired.At;
            Metrics.Matched(TimeSpan.FromMilliseconds(paired.At - since), paired.Mode);
        }
    }

    private void BeatWhilePeopleWait()
    {
        var wait = State.Count > 0;
        if (wait == _isBeating)
            return;
        _isBeating = wait;
        if (wait)
            Timers.StartPeriodicTimer(TimeGoesBy.Instance, TimeGoesBy.Instance, Beat);
        else
            Timers.Cancel(TimeGoesBy.Instance);
    }

    private void LookAgain()
    {
        if (State.Expire(_searchTimeout, PerBeat, Now) is { Events.Count: > 0 } ended)
            Commit(ended.Events, () => { });
        BeatWhilePeopleWait();
        var looks = _lookAt > 0;
        _lookAt = PerBeat;
        if (!looks)
            Look();
    }

    // Waiting users come to accept more partners. Where they are many, the round takes several beats.
    private void Look()
    {
        var pairs = State.Pass(_lookFrom, PerTurn, _rules, Now, out var next);
        if (pairs.Events.Count > 0)
            Commit(pairs.Events, () => { });
        _lookFrom = next ?? 0;
        _lookAt = next is null ? 0 : _lookAt - PerTurn;
        if (_lookAt > 0)
            Self.Tell(LookOn.Instance);
    }

    private Func<Reply> SearchOf(UserId user) => () => new MatcherReplies.SearchIs(Durable.Search(user));

    private void AskPresence(IEnumerable<string> users)
    {
        foreach (var user in users.Order(StringComparer.Ordinal))
            _users.ActorRef.Tell(new UserQueries.GetPresence(new(user)));
    }

    private void NotePresence(MatcherCommands.NotePresence presence)
    {
        var user = presence.UserId;
        if (presence.IsPresent)
            _unseen.Remove(user);
        Commit((presence.IsPresent ? State.Resume(user, _rules, Now) : State.Pause(user, Now)).Events, () => { });
    }

    private void Bring(string room)
    {
        if (!Durable.Pairs.TryGetValue(room, out var pair))
            return;
        Timers.StartSingleTimer(room, new BringTogether(room), RetryAfter);
        _rooms.ActorRef.Tell(new RoomCommands.OpenPair(new(room), PersonOf(pair.First), PersonOf(pair.Second), pair.Mode));
    }

    private void TellBoth(string room)
    {
        if (!Durable.Pairs.TryGetValue(room, out var pair))
            return;
        if (!_unconfirmed.TryGetValue(room, out var waiting))
            _unconfirmed[room] = waiting = [First, Second];
        foreach (var member in waiting)
        {
            var user = member == First ? pair.First : pair.Second;
            _users.ActorRef.Tell(new UserCommands.EnterRoom(new(user.UserId), new(room), Room.Types.Kind.Pair) { Tag = member });
        }
    }

    private bool HasConfirmed(UserId user) =>
        State.PairOf(user) is { } pair
        && _unconfirmed.TryGetValue(pair.RoomId, out var waiting)
        && !waiting.Contains(pair.First.UserId == user.Value ? First : Second);

    private void Confirm(string room, long member)
    {
        if (!_unconfirmed.TryGetValue(room, out var waiting) || !waiting.Remove(member) || waiting.Count > 0)
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

    private sealed record BringTogether(string RoomId) : INoSerializationVerificationNeeded;

    private sealed record TimeGoesBy : INoSerializationVerificationNeeded { public static readonly TimeGoesBy Instance = new(); }

    private sealed record LookOn : INoSerializationVerificationNeeded { public static readonly LookOn Instance = new(); }

    private sealed record ReturnOver : INoSerializationVerificationNeeded { public static readonly ReturnOver Instance = new(); }
}
