using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Options;
using WebChat.Actors.Hosting;
using WebChat.Actors.Journal;
using WebChat.Actors.Matching;
using WebChat.Actors.Options;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <summary>
/// A client session, which outlives its sockets: it carries the client's frames to whom they concern, and the events of
/// the user's rooms to the socket, from where the client says it was. Without a socket for the grace time it ends.
/// </summary>
public sealed partial class ConnectionActor : EntityActor<SessionState>, IWithTimers
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly Rejection NoAnswer = new(ErrorCode.DeadlineExceeded, "There was no answer in time; it may have happened all the same.");

    private readonly SessionId _id;
    private readonly IRequiredActor<UserRegion> _users;
    private readonly IRequiredActor<RoomRegion> _rooms;
    private readonly IRequiredActor<MatcherRegion> _matcher;
    private readonly RoomHistory _history;
    private readonly SessionOptions _options;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Dictionary<long, Question> _asked = [];

    private IActorRef? _socket;
    private bool _finishing;
    private long _lastTag;

    public ConnectionActor(
        SessionId id,
        EntityServices services,
        IRequiredActor<UserRegion> users,
        IRequiredActor<RoomRegion> rooms,
        IRequiredActor<MatcherRegion> matcher,
        RoomHistory history,
        IOptions<SessionOptions> options)
        : base(PersistenceIds.Session(id), options.Value.GracePeriod, services)
    {
        _id = id;
        _users = users;
        _rooms = rooms;
        _matcher = matcher;
        _history = history;
        _options = options.Value;

        Command<ConnectionCommands.Attach>(Attach);
        Command<ConnectionCommands.Received>(received => Receive(received.Frame));
        Command<ConnectionCommands.Finish>(_ => Finish());
        Command<ConnectionCommands.Drained>(_ => ReadOn());
        Command<RoomNotices.Happened>(Forward);
        Command<RoomNotices.Passing>(Forward);
        Command<RoomNotices.Forgotten>(forgotten => AttachRoomAgain(forgotten.RoomId));
        Command<UserNotices.RoomEntered>(EnterRoom);
        Command<UserNotices.RoomExited>(ExitRoom);
        Command<UserNotices.BlocksChanged>(ShowBlocks);
        Command<UserNotices.SearchEnded>(_ => TellSearch());
        Command<UserNotices.SessionEnded>(ended => End(ended.Reason));
        Command<UserNotices.Forgotten>(_ => AttachToUser());
        Command<Reply>(Answered);
        Command<CaughtUp>(CaughtUpWith);
        Command<CatchUpFailed>(CannotCatchUp);
        Command<Terminated>(gone => SocketLost(gone.ActorRef));
        Command<GraceOver>(_ => End(null));
        Command<Overdue>(_ => GiveUpOverdue());
        Command<WelcomeOverdue>(_ => HurryWelcome());
        Command<AttachRoom>(again => AttachRoomAgain(again.RoomId));
        Command<AttachUser>(_ => AttachToUser());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override bool MayRest => _socket is null && !State.IsOpen;

    private UserId User => State.Owner!.Value.User;

    protected override void Recovered()
    {
        if (State.IsOpen)
            Timers.StartSingleTimer(GraceOver.Instance, GraceOver.Instance, _options.GracePeriod);
    }

    protected override void PreRestart(Exception reason, object message)
    {
        foreach (var frameId in _asked.Values.Select(question => question.FrameId).OfType<string>())
            Send(frameId, ErrorFrames.Of(new(ErrorCode.Unavailable, "Please try again in a moment.")));
        _socket?.Tell(new ConnectionReplies.Forgotten(_id));
        _socket = null;
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        base.PostStop();
        _socket?.Tell(new ConnectionReplies.Close(CloseCode.Internal));
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private void Attach(ConnectionCommands.Attach command)
    {
        var socket = Sender;
        if (!command.New && !(State.IsOpen && State.Owner!.Value.User == command.Identity.User))
        {
            socket.Tell(new ConnectionReplies.Gone(_id));
            return;
        }

        if (_socket is { } former && !former.Equals(socket))
        {
            Context.Unwatch(former);
            former.Tell(new ConnectionReplies.Close(CloseCode.Replaced));
        }

        _socket = Context.Watch(socket);
        _finishing = false;
        _asked.Clear();
        _feeds.Clear();
        _drainOwed.Clear();
        _arrival = new(command.HelloId, command.Cursors, Resumed: !command.New);
        Timers.Cancel(GraceOver.Instance);
        Timers.StartSingleTimer(WelcomeOverdue.Instance, WelcomeOverdue.Instance, WelcomeWithin);
        Timers.StartPeriodicTimer(Overdue.Instance, Overdue.Instance, AskTimeouts.BetweenEntities);
        Commit(State.Open(command.Identity, Now).Events, () =>
        {
            if (!socket.Equals(_socket))
                return;
            socket.Tell(new ConnectionReplies.Attached(_id));
            AttachToUser();
        });
    }

    private void Ask<TRegion>(string? frameId, IRequiredActor<TRegion> whom, Func<long, Request> request, Action<Reply> then)
    {
        _asked.Add(++_lastTag, new(frameId, Now + AskTimeouts.FromEdge, then));
        whom.ActorRef.Tell(request(_lastTag));
    }

    private void Answered(Reply reply)
    {
        if (_asked.Remove(reply.Tag, out var question))
            question.Then(reply);
        CloseIfFinished();
    }

    private void GiveUpOverdue()
    {
        foreach (var tag in _asked.Where(asked => asked.Value.Deadline <= Now).Select(asked => asked.Key).ToList())
            Answered(NoAnswer with { Tag = tag });
    }

    private void SocketLost(IActorRef socket)
    {
        if (!socket.Equals(_socket))
            return;
        _socket = null;
        _arrival = null;
        Timers.Cancel(Overdue.Instance);
        foreach (var room in _feeds.Keys)
            _rooms.ActorRef.Tell(new RoomCommands.SetOnline(room, User, _id, false));
        Timers.StartSingleTimer(GraceOver.Instance, GraceOver.Instance, _options.GracePeriod);
    }

    private void End(CloseCode? reason)
    {
        if (_socket is not null && reason is { } code)
        {
            Context.Unwatch(_socket);
            _socket.Tell(new ConnectionReplies.Close(code));
        }

        _socket = null;
        _arrival = null;
        Commit(State.Close(Now).Events, () =>
        {
            foreach (var room in _feeds.Keys)
                _rooms.ActorRef.Tell(new RoomCommands.Detach(room, User, _id, Absent: true));
            _feeds.Clear();
            _users.ActorRef.Tell(new UserCommands.DetachSession(User, _id));
            Passivate();
        });
    }

    private void Send(string? replyTo, ServerFrame frame)
    {
        frame.ReplyTo = replyTo ?? "";
        _socket?.Tell(new OutboundFrame(frame));
    }

    private ServerFrame FrameOf(Reply reply) => reply switch
    {
        RoomReplies.Acknowledged done => new() { Ack = done.ToAck() },
        RoomReplies.RoomIs room => new() { Room = room.For(_blocked) },
        MatcherReplies.SearchIs search => new() { Search = search.State },
        Rejection rejection => ErrorFrames.Of(rejection),
        _ => throw new ArgumentException($"{reply.GetType()} is not for clients.", nameof(reply)),
    };

    private sealed record Question(string? FrameId, DateTimeOffset Deadline, Action<Reply> Then);

    private sealed record Overdue { public static readonly Overdue Instance = new(); }

    private sealed record GraceOver { public static readonly GraceOver Instance = new(); }
}
