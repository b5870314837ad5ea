using Akka.Actor;
using Akka.Hosting;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Telemetry;
using WebChat.Actors.Users;
using WebChat.V1;
using Stored = WebChat.Journal.V1;

namespace WebChat.Actors.Rooms;

/// <summary>
/// A room: the single writer of its history. Members are attached through their sessions; a member of a pair that is not kept
/// leaves after the grace time without any session.
/// </summary>
public sealed partial class RoomActor : EntityActor<RoomState>, IWithTimers
{
    private readonly RoomId _id;
    private readonly IRequiredActor<UserRegion> _users;
    private readonly IRequiredActor<DirectoryRegion> _directory;
    private readonly RoomHistory _history;
    private readonly RoomOptions _options;
    private readonly VoiceOptions _voice;
    private readonly TimeSpan _grace;
    private readonly Attendance _attendance = new();
    private readonly Receipts _receipts = new();
    private readonly HashSet<UserId> _absent = [];

    public RoomActor(
        RoomId id,
        EntityServices services,
        IRequiredActor<UserRegion> users,
        IRequiredActor<DirectoryRegion> directory,
        RoomHistory history,
        IOptions<RoomOptions> rooms,
        IOptions<VoiceOptions> voice,
        IOptions<SessionOptions> sessions)
        : base(PersistenceIds.Room(id), rooms.Value.IdleAfter, services)
    {
        _id = id;
        _users = users;
        _directory = directory;
        _history = history;
        _options = rooms.Value;
        _voice = voice.Value;
        _grace = sessions.Value.GracePeriod;

        Command<RoomCommands.OpenPair>(c => Carry(c, State.Open(c, Now), () => ViewFor(c.First.UserId)));
        Command<RoomCommands.OpenGroup>(c => Carry(c, State.Open(c, Now), () => ViewFor(c.Owner.UserId)));
        Command<RoomCommands.Join>(c => Carry(c, State.Join(c, Now), () => ViewFor(c.Person.UserId)));
        Command<RoomCommands.Leave>(c => Carry(c, State.Leave(c.UserId, MemberLeft.Types.Reason.Left, Now), () => ViewFor(c.UserId)));
        Command<RoomCommands.Part>(c => Carry(c, State.Part(c.UserId, c.From, Now), () => new RoomReplies.Parted(_id)));
        Command<RoomQueries.GetShare>(c => Carry(c, State.Opened is null ? RoomState.NoSuchRoom : Decision.Nothing, () => Durable.ShareOf(c.UserId)));
        Command<RoomCommands.Erase>(c => Carry(c, State.Erase(c.UserId, Now), () => new RoomReplies.Erased(_id)));
        Command<RoomCommands.End>(c => Carry(c, State.End(c, Now), () => ViewFor(c.UserId)));
        Command<RoomCommands.Rename>(c => Carry(c, State.Rename(c, Now), () => ViewFor(c.UserId)));
        Command<RoomCommands.RemoveMember>(c => Carry(c, State.RemoveMember(c, Now), () => ViewFor(c.UserId)));
        ReceiveMessages();
        Command<RoomCommands.Answer>(c => Change(c, c.UserId, State.Answer(c, Now)));
        Command<RoomCommands.Keep>(c => Change(c, c.UserId, State.Keep(c.UserId, _options, Now)));
        Command<RoomCommands.Signal>(Signal);
        Command<RoomCommands.Attach>(Attach);
        Command<RoomCommands.Detach>(Detach);
        Command<RoomCommands.SetOnline>(SetOnline);
        Command<RoomCommands.SetTyping>(SetTyping);
        Command<RoomCommands.NoteReceived>(NoteReceived);
        Command<RoomCommands.MarkRead>(MarkRead);
        Command<RoomQueries.GetRoom>(GetRoom);
        Command<RoomQueries.GetMember>(GetMember);
        Command<RoomQueries.GetMembers>(c => Carry(c, State.Read(c.UserId), () => MembersFor(c)));
        Command<RoomQueries.GetFellow>(c => Carry(c, State.Meet(c.UserId, c.MemberId, out var fellow), () => new RoomReplies.FellowIs(fellow!, Durable.MembersById)));
        Command<RoomQueries.StillIn>(c => Carry(c, Decision.Nothing, () => new RoomReplies.Membership(_id, !Durable.Ended && Durable.PresentMember(c.UserId) is not null)));
        Command<Terminated>(gone => Lost(gone.ActorRef));
        Command<AbsenceOver>(over => Leave(over.User, MemberLeft.Types.Reason.Absent));
        Command<PartyLost>(lost => Commit(State.LoseCall(lost.Call, lost.User, Now).Events, () => { }));
        Command<TypingOver>(over => TellTyping(over.User, active: false));
        Command<ReceiptsDue>(_ => TellReceipts());
        Command<Due>(_ => Commit(State.Tick(_options, Now).Events, AwaitDue));
        Command<UserReplies.HasNoPush>(NotePushless);
        Command<Reply>(_ => { }); // users and the directory confirm what they were told
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override bool MayRest => _attendance.IsEmpty && _absent.Count == 0 && Durable.Call is null && _reading is null;

    protected override void Recovered()
    {
        foreach (var member in State.Present.OrderBy(member => member.Since))
            StartAbsence(member.UserId);
        WatchCall();
        AwaitDue();
    }

    protected override void PostStop()
    {
        base.PostStop();
        _stopped.Cancel();
        foreach (var connection in _attendance.Connections)
            connection.Tell(new RoomNotices.Forgotten(_id));
    }

    protected override void Happened(IMessage journaled)
    {
        Tell(_attendance.Connections, journaled);
        switch (journaled)
        {
            case Stored.MemberJoined joined:
                StartAbsence(new(joined.UserId));
                if (joined.Opened is { Open: true })
                    _directory.ActorRef.Tell(new DirectoryCommands.List(_id));
                break;
            case Stored.RoomKept:
                foreach (var member in Durable.Listed)
                {
                    EndAbsence(member.UserId);
                    _users.ActorRef.Tell(new UserCommands.KeepRoom(member.UserId, _id));
                }

                break;
            case Stored.MemberLeft left:
                var leaver = Durable.MemberOf(left.MemberId).UserId;
                Gone(leaver);
                _receipts.Forget(leaver);
                if (left.Reason == MemberLeft.Types.Reason.Deleted)
                    TellFellows(leaver);
                break;
            case Stored.MessagePosted posted:
                Metrics.Posted(Durable.Opened!.Kind);
                TellAway(PushSubscription.Types.Kind.Message, Durable.MemberOf(posted.MemberId).UserId);
                break;
            case Stored.PromptOpened:
                TellAway(PushSubscription.Types.Kind.Prompt);
                break;
            case Stored.CallStarted started:
                TellAway(PushSubscription.Types.Kind.Call, Durable.MemberOf(started.ByMemberId).UserId);
                WatchCall();
                break;
            case Stored.CallAnswered or Stored.CallEnded:
                _route.Silence();
                WatchCall();
                break;
            case Stored.RoomEnded:
                foreach (var member in Durable.Present.OrderBy(member => member.Since))
                    Gone(member.UserId);
                if (Durable.Opened!.Open)
                    _directory.ActorRef.Tell(new DirectoryCommands.Unlist(_id));
                break;
        }

        AwaitDue();
    }

    // The time is worked out anew from what is on disk, so that it is the same whenever the room woke.
    private void AwaitDue()
    {
        if (Durable.DueAt(_options) is not { } due)
            Timers.Cancel(Due.Instance);
        else
            Timers.StartSingleTimer(Due.Instance, Due.Instance, due > Now ? due - Now : TimeSpan.Zero);
    }

    private void Change(Request command, UserId user, Decision decision)
    {
        Seen(user);
        var at = Now;
        Carry(command, decision, () => new RoomReplies.Changed(_id, Durable.LastSeq, "", at));
    }

    private void Attach(RoomCommands.Attach command)
    {
        var connection = Sender;
        var mayRead = State.Read(command.UserId);
        if (mayRead.Rejection is not null)
            TellOut(command.UserId);
        Carry(command, mayRead, () =>
        {
            var wasOnline = _attendance.IsOnline(command.UserId);
            if (Durable.PresentMember(command.UserId) is null || Durable.Ended)
            {
                TellOut(command.UserId);
            }
            else
            {
                Context.Watch(connection);
                _attendance.Attach(command.UserId, command.SessionId, connection, command.Online);
                EndAbsence(command.UserId);
                _pushless.Remove(command.UserId);
                TellPresence(command.UserId, wasOnline);
                Note(command.UserId, command.Receipt);
                WatchCall();
            }

            var (room, users) = View(command.UserId);
            return new RoomReplies.Attached(room, users);
        });
        if (mayRead.Rejection is null)
            Commit([], () => RingAt(command.UserId, connection));
    }

    private void Detach(RoomCommands.Detach command)
    {
        var wasOnline = _attendance.IsOnline(command.UserId);
        _attendance.Detach(command.UserId, command.SessionId);
        TellPresence(command.UserId, wasOnline);
        WatchCall();
        if (_attendance.IsAttached(command.UserId))
            return;
        if (command.Leaves is { } reason)
            Leave(command.UserId, reason);
        else
            StartAbsence(command.UserId);
    }

    private void Lost(IActorRef connection)
    {
        if (_attendance.Detach(connection) is not { } user)
            return;
        TellPresence(user, wasOnline: !_attendance.IsOnline(user));
        WatchCall();
        if (!_attendance.IsAttached(user))
            StartAbsence(user);
    }

    private void Leave(UserId user, MemberLeft.Types.Reason reason)
    {
        EndAbsence(user);
        if (State.NeedsPresence)
            Commit(State.Leave(user, reason, Now).Events, () => { });
    }

    private void Gone(UserId user)
    {
        EndAbsence(user);
        TellOut(user);
        _attendance.Detach(user);
    }

    // Sent when a room ends, and again to each user that comes to an ended room: the first message may have been lost with the process.
    private void TellOut(UserId user) => _users.ActorRef.Tell(new UserCommands.ExitRoom(user, _id));

    // A fellow that has blocked the erased user knows its nickname.
    private void TellFellows(UserId erased)
    {
        foreach (var fellow in Durable.Members.Values.Where(member => member.UserId != erased).OrderBy(member => member.Since))
            _users.ActorRef.Tell(new UserCommands.NoteErased(fellow.UserId, erased));
    }

    private void Seen(UserId user)
    {
        if (_absent.Contains(user))
            Timers.StartSingleTimer(user, new AbsenceOver(user), _grace);
    }

    private void StartAbsence(UserId user)
    {
        if (State.NeedsPresence && State.PresentMember(user) is not null && _absent.Add(user))
            Timers.StartSingleTimer(user, new AbsenceOver(user), _grace);
    }

    private void EndAbsence(UserId user)
    {
        if (_absent.Remove(user))
            Timers.Cancel(user);
    }

    private void Tell(IEnumerable<IActorRef> connections, IMessage journaled)
    {
        var frame = new OutboundFrame(new() { Event = RoomEvents.ToPublic(_id, Durable.LastSeq, journaled) })
        {
            Timing = journaled is Stored.MessagePosted ? DeliveryTiming.Begin(Metrics, EndSpan()) : null,
        };
        var notice = new RoomNotices.Happened(_id, Durable.LastSeq, frame);
        Sharing.Tell(connections, notice, static (sessions, shared) => new RoomNotices.HappenedForAll(sessions, shared), Self, Context.System);
    }

    private sealed record AbsenceOver(UserId User) : INoSerializationVerificationNeeded;

    private sealed record Due : INoSerializationVerificationNeeded { public static readonly Due Instance = new(); }
}
