using Akka.Actor;
using Akka.Hosting;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using WebChat.Actors.Accounts;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Options;
using WebChat.Actors.Push;
using WebChat.Actors.Rooms;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Users;

/// <summary>A user: the profile, the user's rooms, and the sessions to notify about them.</summary>
public sealed partial class UserActor : EntityActor<UserState>, IWithTimers
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    // A client marks each message as read when it comes. A crash forgets at most the marks of this time.
    private static readonly TimeSpan ReadsGather = TimeSpan.FromSeconds(10);

    // A client without a stream searches first and connects then.
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(15);

    private readonly UserId _id;
    private readonly IRequiredActor<RoomRegion> _rooms;
    private readonly IRequiredActor<MatcherRegion> _matcher;
    private readonly int _maxSessions;
    private readonly TimeSpan _deadAfter;
    private readonly Dictionary<SessionId, Session> _sessions = [];

    // Whether the user has a connected client, as the matcher was told; null: not since the start.
    private bool? _isPresent;

    // Read positions that are not persisted yet.
    private readonly Dictionary<RoomId, long> _reads = [];

    public UserActor(
        UserId id,
        EntityServices services,
        IRequiredActor<RoomRegion> rooms,
        IRequiredActor<MatcherRegion> matcher,
        PushSender push,
        IOptions<LimitOptions> limits,
        IOptions<SessionOptions> sessions,
        IOptions<AuthOptions> auth,
        IOptions<PushOptions> pushes)
        : base(PersistenceIds.User(id), Idle, services)
    {
        _id = id;
        _rooms = rooms;
        _matcher = matcher;
        _push = push;
        _pushes = pushes.Value;
        _loginLifetime = auth.Value.RefreshTokenLifetime;
        _maxSessions = limits.Value.ConnectionsPerUser;
        _deadAfter = sessions.Value.Heartbeat * 2;

        Command<UserCommands.Create>(c => Carry(c, State.Create(c.Nickname, Now), ProfileIs));
        Command<UserCommands.UpdateProfile>(UpdateProfile);
        Command<UserQueries.GetProfile>(c => Carry(c, IfThere(), ProfileIs));
        Command<UserQueries.GetSearch>(GetSearch);
        Command<UserQueries.GetRooms>(c => Carry(c, IfThere(), () => RoomsAre()));
        Command<UserCommands.AttachSession>(AttachSession);
        Command<UserCommands.NoteDetached>(NoteDetached);
        Command<UserCommands.NoteRead>(NoteRead);
        Command<ReadsDue>(_ => PersistReads());
        Command<UserCommands.DetachSession>(DetachSession);
        Command<UserCommands.EndSessions>(EndSessions);
        Command<UserCommands.CreateRoom>(CreateRoom);
        Command<UserCommands.JoinRoom>(JoinRoom);
        Command<UserCommands.EnterRoom>(c => Enter(c, c.RoomId, c.Kind));
        Command<UserCommands.KeepRoom>(c => Carry(c, State.Keep(c.RoomId, Now), () => new Done()));
        Command<UserCommands.ExitRoom>(c => Carry(c, State.Exit(c.RoomId, Now), () => new Done()));
        Command<UserCommands.StartSearch>(StartSearch);
        Command<UserCommands.NoteSearchEnded>(NoteSearchEnded);
        Command<UserQueries.GetPresence>(_ => TellPresence());
        Command<ConnectionOverdue>(_ => EndUnlessPresent());
        Command<RoomTookIn>(took => Enter(took.For, took.RoomId, Room.Types.Kind.Group));
        Command<RoomRefused>(refused => Sender.Tell(refused.Why with { Tag = refused.For.Tag }));
        Command<Terminated>(gone => Forget([.. _sessions.Where(s => s.Value.Connection.Equals(gone.ActorRef)).Select(s => s.Key)]));
        Command<UserCommands.Delete>(c => Carry(c, State.Delete(Now), () => new Done()));
        ReceiveBlocks();
        ReceiveBans();
        ReceiveRooms();
        ReceivePush();
        Command<Reply>(_ => { }); // the matcher confirms a change or an end of the search
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override bool MayRest =>
        _sessions.Count == 0 && _toPart.Count == 0 && _reads.Count == 0 && _missed.Count == 0 && !Timers.IsTimerActive(ConnectionOverdue.Instance);

    protected override void Recovered()
    {
        Confirm(State.RoomIds);
        if (!State.Blocks.IsEmpty)
            KeepApart();
    }

    protected override void PostStop()
    {
        base.PostStop();
        _stopped.Cancel();
        _stopped.Dispose();
        Tell(new UserNotices.Forgotten(_id));
    }

    protected override void Happened(IMessage journaled)
    {
        switch (journaled)
        {
            case RoomEntered entered:
                Tell(new UserNotices.RoomEntered(new(entered.RoomId), entered.Kind));
                if (entered is { Kind: Room.Types.Kind.Pair, Kept: false })
                    Miss(PushSubscription.Types.Kind.Match);
                // The matcher may have paired the two before it learned of the block.
                Part(Durable.PairsToPart.Where(room => room.Value == entered.RoomId));
                Confirm([new(entered.RoomId)]);
                Enforce();
                break;
            case UserDeleted:
                Disappear();
                break;
            case RoomExited exited:
                Tell(new UserNotices.RoomExited(new(exited.RoomId)));
                break;
            case Banned:
                _searchIsOver = false;
                break;
            case Blocked blocked:
                Tell(new UserNotices.BlocksChanged(new(blocked.UserId), Durable.BlockedUsers));
                KeepApart();
                break;
            case Unblocked unblocked:
                Tell(new UserNotices.BlocksChanged(new(unblocked.UserId), Durable.BlockedUsers));
                TellMatcher();
                break;
        }
    }

    private Decision IfThere() => State.Profile is null ? UserState.NoSuchUser : Decision.Nothing;

    private UserReplies.ProfileIs ProfileIs() => new(Durable.Profile!);

    private void UpdateProfile(UserCommands.UpdateProfile command) => Carry(command, State.Update(command.Profile, command.Fields, Now), () =>
    {
        TellMatcher();
        return ProfileIs();
    });

    // A running search continues with the changed profile, if it still can.
    private void TellMatcher()
    {
        var problem = Durable.Search(_id, Now, out var seeker).Rejection;
        if (seeker is not null)
            _matcher.ActorRef.Tell(new MatcherCommands.Reconsider(_id, seeker));
        else if (problem?.Field is not null)
            _matcher.ActorRef.Tell(new MatcherCommands.Withdraw(_id, Withdrawn.Types.Reason.Unfit));
    }

    private void AttachSession(UserCommands.AttachSession command)
    {
        var connection = Sender;
        var former = _sessions.GetValueOrDefault(command.SessionId)?.Connection;
        var others = _sessions.Where(session => session.Key != command.SessionId).ToList();
        var decision = State.Refusal(Now) is { } refusal ? new([], refusal)
            : command.HasTransport && others.Count(session => session.Value.WaitsSince is null) >= _maxSessions ? new([], TooManySessions)
            : IfThere();
        if (decision.Rejection is null)
        {
            Context.Watch(connection);
            _sessions[command.SessionId] = new(connection, command.Family, command.HasTransport ? null : Now);
            NotePresence();
            if (command.HasTransport)
                SeeAll();
            EndLongestWaiting([.. others.Where(session => session.Value.WaitsSince is not null)]);
        }

        if (decision.Rejection is not null || former is null || former.Equals(connection))
            Carry(command, decision, Attached);
        else
            Commit([], () => former.Tell(new UserNotices.SessionTaken(Attached() with { Tag = command.Tag }), connection));
    }

    private UserReplies.SessionAttached Attached() => new(RoomPositions(), Durable.BlockedUsers);

    private UserReplies.RoomsAre RoomsAre() => new(RoomPositions());

    private IReadOnlyList<RoomPosition> RoomPositions() =>
        [.. Durable.Rooms.Select(room => new RoomPosition(new(room.RoomId), Math.Max(room.ReadSeq, _reads.GetValueOrDefault(new(room.RoomId)))))];

    private void NoteRead(UserCommands.NoteRead command)
    {
        if (_reads.Count == 0)
            Timers.StartSingleTimer(ReadsDue.Instance, ReadsDue.Instance, ReadsGather);
        _reads[command.RoomId] = Math.Max(command.Seq, _reads.GetValueOrDefault(command.RoomId));
    }

    private void PersistReads()
    {
        Timers.Cancel(ReadsDue.Instance);
        if (State.Read(_reads, Now).Events is { Count: > 0 } events)
            Commit(events, () => { });
        _reads.Clear();
    }

    // By then the transports of vanished clients are closed.
    private Rejection TooManySessions => new(ErrorCode.RateLimited, $"You have reached the limit of {_maxSessions} sessions.", RetryAfter: _deadAfter);

    private void EndLongestWaiting(IReadOnlyList<KeyValuePair<SessionId, Session>> waiting)
    {
        foreach (var (id, session) in waiting.OrderBy(session => session.Value.WaitsSince).Take(waiting.Count - _maxSessions))
        {
            _sessions.Remove(id);
            session.Connection.Tell(new UserNotices.SessionEnded(CloseCode.Flooding));
        }
    }

    private void NoteDetached(UserCommands.NoteDetached command)
    {
        if (_sessions.TryGetValue(command.SessionId, out var session) && session.Connection.Equals(Sender))
        {
            _sessions[command.SessionId] = session with { WaitsSince = Now };
            NotePresence();
        }

        PersistReads();
    }

    private void DetachSession(UserCommands.DetachSession command)
    {
        if (_sessions.GetValueOrDefault(command.SessionId)?.Connection.Equals(Sender) == true)
            Forget([command.SessionId]);
        PersistReads();
        Carry(command, Decision.Nothing, () => new Done());
    }

    private void EndSessions(UserCommands.EndSessions command)
    {
        foreach (var session in _sessions.Values.Where(session => session.Login == command.Family))
            session.Connection.Tell(new UserNotices.SessionEnded(CloseCode.Unauthenticated));

        Carry(command, State.UnsubscribePush(command.Family, Now), () => new Done());
    }

    private void CreateRoom(UserCommands.CreateRoom command)
    {
        var room = State.RoomOf(command.ClientId) ?? RoomId.New(Now);
        EnterGroup(command, room, State.Request(command.ClientId, room, Now), () => new RoomCommands.OpenGroup(room, Myself, command.Name, command.Capacity, command.Open));
    }

    private void JoinRoom(UserCommands.JoinRoom command) =>
        EnterGroup(command, command.RoomId, Decision.Nothing, () => new RoomCommands.Join(command.RoomId, Myself));

    private Person Myself => new(_id, State.Profile!.Nickname);

    // The room adds the user first. Only then does the user note the room and answer the caller.
    private void EnterGroup(Request command, RoomId room, Decision before, Func<RoomRequest> ask)
    {
        if ((State.Refusal(Now) ?? State.EnterGroup(room).Rejection) is { } rejection)
        {
            Sender.Tell(rejection with { Tag = command.Tag });
            return;
        }

        var question = ask();
        Commit(command, before.Events, _ => AskRoom<RoomReplies.RoomIs>(command, question, _ => new RoomTookIn(command, room)));
    }

    // The room's answer, or its silence, comes back as a message, with the caller as its sender.
    private void AskRoom<TReply>(Request command, RoomRequest question, Func<TReply, object> answered)
        where TReply : Reply =>
        _rooms.ActorRef.Ask<Reply>(question, AskTimeouts.BetweenEntities).PipeTo(
            Self,
            Sender,
            success: reply => reply is TReply answer ? answered(answer) : new RoomRefused(command, (Rejection)reply),
            failure: _ => new RoomRefused(command, new(ErrorCode.Unavailable, "The room does not answer. Please try again.")));

    private void StartSearch(UserCommands.StartSearch command)
    {
        var decision = State.Search(_id, Now, out var seeker);
        if (seeker is null)
            Carry(command, decision, () => new Done());
        else
        {
            if (_isPresent is not true)
                Timers.StartSingleTimer(ConnectionOverdue.Instance, ConnectionOverdue.Instance, ConnectWithin);
            _matcher.ActorRef.Forward(new MatcherCommands.Enqueue(_id, command.Mode, seeker, _isPresent is true) { Tag = command.Tag });
        }
    }

    private void EndUnlessPresent()
    {
        if (_isPresent is not true)
            _matcher.ActorRef.Tell(new MatcherCommands.Withdraw(_id, Withdrawn.Types.Reason.Absent));
    }

    private void NotePresence()
    {
        if (IsConnected == _isPresent)
            return;
        _isPresent = IsConnected;
        if (IsConnected)
            Timers.Cancel(ConnectionOverdue.Instance);
        TellPresence();
    }

    private void TellPresence() => _matcher.ActorRef.Tell(new MatcherCommands.NotePresence(_id, _isPresent is true));

    private void GetSearch(UserQueries.GetSearch query)
    {
        if (State.ActivePair is { } pair)
        {
            var matched = new SearchState
            {
                State = SearchState.Types.State.Matched,
                Since = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(pair.At)),
            };
            Carry(query, Decision.Nothing, () => new MatcherReplies.SearchIs(matched));
        }
        else
        {
            _matcher.ActorRef.Forward(new MatcherQueries.GetSearch(_id) { Tag = query.Tag });
        }
    }

    private void NoteSearchEnded(UserCommands.NoteSearchEnded command)
    {
        Tell(new UserNotices.SearchEnded(_id));
        Carry(command, Decision.Nothing, () => new Done());
    }

    private void Forget(IReadOnlyList<SessionId> sessions)
    {
        var forgotten = sessions.Count(_sessions.Remove);
        NotePresence();
        if (forgotten > 0 && _sessions.Count == 0)
            _matcher.ActorRef.Tell(new MatcherCommands.Withdraw(_id, Withdrawn.Types.Reason.Absent));
    }

    private void Tell(object notice)
    {
        foreach (var session in _sessions.Values)
            session.Connection.Tell(notice);
    }

    /// <param name="Connection">The actor that holds the session.</param>
    /// <param name="Login">The login that opened it.</param>
    /// <param name="WaitsSince">Since when it has no transport; null while it has one.</param>
    private sealed record Session(IActorRef Connection, FamilyId Login, DateTimeOffset? WaitsSince);

    private sealed record ConnectionOverdue : INoSerializationVerificationNeeded { public static readonly ConnectionOverdue Instance = new(); }

    private sealed record ReadsDue : INoSerializationVerificationNeeded { public static readonly ReadsDue Instance = new(); }

    private sealed record RoomTookIn(Request For, RoomId RoomId) : INoSerializationVerificationNeeded;

    private sealed record RoomRefused(Request For, Rejection Why) : INoSerializationVerificationNeeded;
}
