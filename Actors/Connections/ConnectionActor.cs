using System.Collections.Immutable;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Options;
using WebChat.Actors.Hosting;
using WebChat.Actors.Journal;
using WebChat.Actors.Matching;
using WebChat.Actors.Options;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <summary>
/// A client session, which outlives its sockets: it carries the client's frames to whom they concern, and the events of
/// the user's rooms to the socket, from where the client says it was. Without a socket for the grace time it ends.
/// </summary>
public sealed class ConnectionActor : EntityActor<SessionState>, IWithTimers
{
    private const int EventsPerRead = 200;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WelcomeWithin = TimeSpan.FromSeconds(3);
    private static readonly Rejection NoAnswer = new(ErrorCode.DeadlineExceeded, "There was no answer in time; it may have happened all the same.");

    private readonly SessionId _id;
    private readonly IRequiredActor<UserRegion> _users;
    private readonly IRequiredActor<RoomRegion> _rooms;
    private readonly IRequiredActor<MatcherRegion> _matcher;
    private readonly IRoomHistory _history;
    private readonly SessionOptions _options;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Dictionary<RoomId, RoomFeed> _feeds = [];
    private readonly Dictionary<long, Question> _asked = [];
    private readonly HashSet<RoomId> _drainOwed = [];
    private IReadOnlySet<UserId> _blocked = ImmutableHashSet<UserId>.Empty;

    private IActorRef? _socket;
    private Arrival? _arrival;
    private long _lastTag;

    /// <param name="id">The session.</param>
    /// <param name="users">Whose rooms they are.</param>
    /// <param name="rooms">Where the frames go.</param>
    /// <param name="matcher">Where searches are ended and asked after.</param>
    /// <param name="history">What happened while the client was away.</param>
    /// <param name="options">The grace time and the heartbeat.</param>
    public ConnectionActor(
        SessionId id,
        IRequiredActor<UserRegion> users,
        IRequiredActor<RoomRegion> rooms,
        IRequiredActor<MatcherRegion> matcher,
        IRoomHistory history,
        IOptions<SessionOptions> options)
        : base(PersistenceIds.Session(id), options.Value.GracePeriod)
    {
        _id = id;
        _users = users;
        _rooms = rooms;
        _matcher = matcher;
        _history = history;
        _options = options.Value;

        Command<ConnectionCommands.Attach>(Attach);
        Command<ConnectionCommands.Received>(received => Receive(received.Frame));
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
        Command<CatchUpFailed>(failed => throw new InvalidOperationException($"The history of room {failed.Room} cannot be read.", failed.Cause));
        Command<Terminated>(gone => SocketLost(gone.ActorRef));
        Command<GraceOver>(_ => End(null));
        Command<Overdue>(_ => GiveUpOverdue());
        Command<WelcomeOverdue>(_ => HurryWelcome());
        Command<AttachRoom>(again => AttachRoomAgain(again.RoomId));
        Command<AttachUser>(_ => AttachToUser());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool MayRest => _socket is null && !State.IsOpen;

    private UserId User => State.Owner!.Value.User;

    /// <inheritdoc/>
    protected override void Recovered()
    {
        if (State.IsOpen)
            Timers.StartSingleTimer(GraceOver.Instance, GraceOver.Instance, _options.GracePeriod);
    }

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        foreach (var frameId in _asked.Values.Select(question => question.FrameId).OfType<string>())
            Send(frameId, ErrorFrames.Of(new(ErrorCode.Unavailable, "Please try again in a moment.")));
        _socket?.Tell(new ConnectionReplies.Forgotten(_id));
        _socket = null;
        base.PreRestart(reason, message);
    }

    /// <inheritdoc/>
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

    private void AttachToUser() => Ask(null, _users, tag => new UserCommands.AttachSession(User, _id, State.Owner!.Value.Family) { Tag = tag }, reply =>
    {
        switch (reply)
        {
            case UserReplies.SessionAttached attached:
                _blocked = attached.Blocked;
                AttachRooms(attached.Rooms);
                if (_arrival is not null)
                    Ask(null, _users, tag => new UserQueries.GetSearch(User) { Tag = tag }, Welcome);
                break;
            case Rejection { Code: ErrorCode.Unavailable or ErrorCode.DeadlineExceeded or ErrorCode.Internal }:
                Timers.StartSingleTimer(AttachUser.Instance, AttachUser.Instance, RetryAfter);
                break;
            case Rejection rejection:
                Send(_arrival?.HelloId, ErrorFrames.Of(rejection));
                End(rejection.Code switch
                {
                    ErrorCode.RateLimited => CloseCode.Flooding,
                    ErrorCode.PermissionDenied => CloseCode.Banned,
                    _ => CloseCode.Unauthenticated,
                });
                break;
        }
    });

    private void AttachRooms(IReadOnlyList<RoomId> rooms)
    {
        foreach (var room in rooms)
        {
            if (_feeds.TryAdd(room, new(room, CursorOf(room)) { IsNew = _arrival is null }))
                AttachRoomAgain(room);
        }

        // A room that ended while the client was away is none of the user's any more, but the client has not seen how it ended.
        foreach (var known in _arrival?.Cursors.Keys ?? [])
        {
            if (RoomId.TryParse(known, out var room) && _feeds.TryAdd(room, new(room, CursorOf(room)) { IsOver = true }))
                AttachRoomAgain(room);
        }
    }

    private long? CursorOf(RoomId room) => _arrival is not null && _arrival.Cursors.TryGetValue(room.Value, out var seq) ? seq : null;

    private void AttachRoomAgain(RoomId room)
    {
        if (!_feeds.TryGetValue(room, out var feed))
            return;
        feed.Detached();
        Ask(null, _rooms, tag => new RoomCommands.Attach(room, User, _id, _socket is not null, feed.Receipt) { Tag = tag }, reply => Attached(feed, reply));
    }

    private void Attached(RoomFeed feed, Reply reply)
    {
        switch (reply)
        {
            case RoomReplies.Attached attached:
                if (!feed.Attached(attached.For(_blocked)))
                    Send(null, new() { Reset = new() { RoomId = feed.Room.Value, LastSeq = attached.Room.LastSeq } });
                if (feed.IsOver && !feed.IsBehind)
                    _feeds.Remove(feed.Room);
                else if (_arrival is null)
                    ShowRoom(feed);
                break;
            case Rejection { Code: ErrorCode.Unavailable or ErrorCode.DeadlineExceeded or ErrorCode.Internal }:
                Timers.StartSingleTimer(feed.Room, new AttachRoom(feed.Room), RetryAfter);
                break;
            default:
                _feeds.Remove(feed.Room);
                break;
        }

        Welcome();
    }

    private void Welcome(Reply search)
    {
        if (_arrival is null)
            return;
        if (search is MatcherReplies.SearchIs known)
            _arrival = _arrival with { Search = known.State };
        else
            Timers.StartSingleTimer(AttachUser.Instance, AttachUser.Instance, RetryAfter);
        Welcome();
    }

    // The welcome names all rooms, so it waits for each of them; but not for ever, for one that fails is not to shut the
    // others: it is shown when it answers.
    private void Welcome()
    {
        if (_arrival is not { Search: { } search } arrival || (!arrival.IsOverdue && _feeds.Values.Any(feed => feed.View is null)))
            return;
        _arrival = null;
        Timers.Cancel(WelcomeOverdue.Instance);
        if (arrival.HelloId is not null)
        {
            Send(arrival.HelloId, new()
            {
                Welcome = new()
                {
                    SessionId = _id.Value,
                    UserId = User.Value,
                    Resumed = arrival.Resumed,
                    HeartbeatSeconds = (int)_options.Heartbeat.TotalSeconds,
                    Rooms = { _feeds.Values.Select(feed => feed.View).OfType<Room>() },
                    Search = search,
                },
            });
        }

        foreach (var feed in _feeds.Values.ToList())
        {
            feed.IsNew = feed.View is null;
            if (!feed.IsNew)
                CatchUp(feed);
        }

        foreach (var signal in arrival.Signals)
            _socket?.Tell(signal);
    }

    private void HurryWelcome()
    {
        _arrival = _arrival is null ? null : _arrival with { IsOverdue = true };
        Welcome();
    }

    private void EnterRoom(UserNotices.RoomEntered entered)
    {
        if (_feeds.ContainsKey(entered.RoomId))
            return;
        _feeds[entered.RoomId] = new(entered.RoomId) { IsMatch = entered.Kind == Room.Types.Kind.Pair, IsNew = true };
        AttachRoomAgain(entered.RoomId);
    }

    private void ExitRoom(UserNotices.RoomExited exited)
    {
        if (!_feeds.TryGetValue(exited.RoomId, out var feed))
            return;
        feed.IsOver = true;
        if (_arrival is null && feed.View is not null)
            CatchUp(feed);
    }

    // The rooms that the session is in are shown once more where somebody is marked otherwise now.
    private void ShowBlocks(UserNotices.BlocksChanged changed)
    {
        _blocked = changed.Blocked;
        if (_socket is null || _arrival is not null)
            return;
        foreach (var feed in _feeds.Values.Where(feed => feed is { View: not null, IsOver: false }))
        {
            Ask(null, _rooms, tag => new RoomQueries.GetRoom(feed.Room, User) { Tag = tag }, reply =>
            {
                if (reply is RoomReplies.RoomIs seen && seen.Users.Contains(changed.Who))
                    Send(null, FrameOf(seen));
            });
        }
    }

    // Asked for anew: the client may have started the next search meanwhile.
    private void TellSearch()
    {
        if (_socket is null || _arrival is not null)
            return;
        Ask(null, _users, tag => new UserQueries.GetSearch(User) { Tag = tag }, reply =>
        {
            if (reply is MatcherReplies.SearchIs search)
                Send(null, FrameOf(search));
        });
    }

    private void ShowRoom(RoomFeed feed)
    {
        if (feed.IsNew)
        {
            Send(feed.ReplyTo, feed.IsMatch ? new() { Match = new() { Room = feed.View } } : new() { Room = feed.View });
            feed.IsNew = false;
            feed.ReplyTo = null;
        }

        CatchUp(feed);
    }

    private void Forward(RoomNotices.Happened happened)
    {
        if (_socket is null || !_feeds.TryGetValue(happened.RoomId, out var feed))
            return;
        if (feed.Offer(happened, open: _arrival is null))
            _socket.Tell(happened.Frame);
        else if (_arrival is null && feed.View is not null)
            CatchUp(feed);
    }

    private void Forward(RoomNotices.Passing passing)
    {
        if (_arrival is null)
            _socket?.Tell(passing.Frame);
        else if (passing.Frame.Frame.Signal is not null)
            _arrival.Signals.Add(passing.Frame);
    }

    private void CatchUp(RoomFeed feed)
    {
        if (_socket is null || feed.CatchingUp)
            return;
        foreach (var frame in feed.Release())
            _socket.Tell(frame);
        if (!feed.IsBehind)
        {
            if (feed.IsOver)
                _feeds.Remove(feed.Room);
            return;
        }

        feed.CatchingUp = true;
        var (room, after, upTo, socket) = (feed.Room, feed.Delivered, Math.Min(feed.Known, feed.Delivered + EventsPerRead), _socket);
        Read(room, after, upTo, _stopped.Token).PipeTo(
            Self,
            Self,
            frames => new CaughtUp(room, upTo, frames, socket),
            cause => new CatchUpFailed(room, cause));
    }

    private async Task<List<OutboundFrame>> Read(RoomId room, long after, long upTo, CancellationToken cancellation)
    {
        var frames = new List<OutboundFrame>();
        await foreach (var happened in _history.ReadEvents(room, after, upTo, cancellation).ConfigureAwait(false))
            frames.Add(new(new() { Event = happened }));
        return frames;
    }

    private void CaughtUpWith(CaughtUp read)
    {
        if (!read.Socket.Equals(_socket) || !_feeds.TryGetValue(read.Room, out var feed) || !feed.CatchingUp)
            return;
        feed.Sent(read.UpTo);
        _drainOwed.Add(read.Room);
        _socket.Tell(new ConnectionReplies.History(read.Frames));
    }

    private void ReadOn()
    {
        if (!Sender.Equals(_socket))
            return;
        foreach (var room in _drainOwed)
        {
            if (!_feeds.TryGetValue(room, out var feed))
                continue;
            feed.CatchingUp = false;
            CatchUp(feed);
        }

        _drainOwed.Clear();
    }

    private void Receive(ClientFrame frame)
    {
        if (!Sender.Equals(_socket))
            return;
        switch (frame.BodyCase)
        {
            case ClientFrame.BodyOneofCase.Send:
                Send(frame);
                break;
            case ClientFrame.BodyOneofCase.Typing:
                if (RoomId.TryParse(frame.Typing.RoomId, out var typingIn))
                    _rooms.ActorRef.Tell(new RoomCommands.SetTyping(typingIn, User, frame.Typing.Active));
                break;
            case ClientFrame.BodyOneofCase.Received:
                NoteReceived(frame.Received);
                break;
            case ClientFrame.BodyOneofCase.Read:
                MarkRead(frame);
                break;
            case ClientFrame.BodyOneofCase.Join:
                Join(frame);
                break;
            case ClientFrame.BodyOneofCase.Leave:
                WithRoom(frame, frame.Leave.RoomId, room => new RoomCommands.Leave(room, User));
                break;
            case ClientFrame.BodyOneofCase.End:
                WithRoom(frame, frame.End.RoomId, room => new RoomCommands.End(room, User));
                break;
            case ClientFrame.BodyOneofCase.Answer:
                WithRoom(frame, frame.Answer.RoomId, room => new RoomCommands.Answer(room, User, frame.Answer.PromptId, frame.Answer.Yes));
                break;
            case ClientFrame.BodyOneofCase.Keep:
                WithRoom(frame, frame.Keep.RoomId, room => new RoomCommands.Keep(room, User));
                break;
            case ClientFrame.BodyOneofCase.Edit:
                if (MessageText.TryParse(frame.Edit.Text, out var text, out var why))
                    WithMessage(frame, frame.Edit.RoomId, frame.Edit.MessageId, (room, message) => new RoomCommands.Edit(room, User, message, text));
                else
                    Reject(frame, $"text {why}.", "text");
                break;
            case ClientFrame.BodyOneofCase.Remove:
                WithMessage(frame, frame.Remove.RoomId, frame.Remove.MessageId, (room, message) => new RoomCommands.Remove(room, User, message));
                break;
            case ClientFrame.BodyOneofCase.React:
                if (Emoji.TryParse(frame.React.Emoji, out var emoji))
                    WithMessage(frame, frame.React.RoomId, frame.React.MessageId, (room, message) => new RoomCommands.React(room, User, message, emoji, frame.React.On));
                else
                    Reject(frame, "emoji is not one emoji.", "emoji");
                break;
            case ClientFrame.BodyOneofCase.Signal:
                Signal(frame);
                break;
            case ClientFrame.BodyOneofCase.Search:
                AskFor(frame, _users, new UserCommands.StartSearch(User, frame.Search.Mode));
                break;
            case ClientFrame.BodyOneofCase.CancelSearch:
                AskFor(frame, _matcher, new MatcherCommands.Withdraw(User, Withdrawn.Types.Reason.Cancelled));
                break;
            default:
                Reject(frame, "The frame says nothing that this server knows.", null);
                break;
        }
    }

    private void Send(ClientFrame frame)
    {
        var send = frame.Send;
        if (!ClientId.TryParse(send.ClientId, out var clientId, out var why))
            Reject(frame, $"client_id {why}.", "client_id");
        else if (!MessageText.TryParse(send.Text, out var text, out why))
            Reject(frame, $"text {why}.", "text");
        else
            WithRoom(frame, send.RoomId, room => new RoomCommands.Send(room, User, clientId, text, send.InReplyTo));
    }

    private void Signal(ClientFrame frame)
    {
        var (signal, payload) = (frame.Signal, new SignalPayload(frame.Signal.Payload));
        if (signal.Kind is < V1.Signal.Types.Kind.Offer or > V1.Signal.Types.Kind.HangUp)
            Reject(frame, "kind is none that there is.", "kind");
        else if (payload.IsTooLarge)
            Send(frame.Id, ErrorFrames.Of(new(ErrorCode.TooLarge, $"payload is over {SignalPayload.MaxBytes} bytes.", "payload")));
        else if (signal.Payload.Length == 0 != (signal.Kind == V1.Signal.Types.Kind.HangUp))
            Reject(frame, "payload goes with everything but HANG_UP.", "payload");
        else
            WithRoom(frame, signal.RoomId, room => new RoomCommands.Signal(room, User, _id, signal.Kind, payload, signal.CallId));
    }

    private void NoteReceived(Received received)
    {
        if (!RoomId.TryParse(received.RoomId, out var room) || !_feeds.TryGetValue(room, out var feed))
            return;
        feed.Note(new(received.Seq, 0));
        _rooms.ActorRef.Tell(new RoomCommands.NoteReceived(room, User, received.Seq));
    }

    private void MarkRead(ClientFrame frame) => WithRoom(frame, frame.Read.RoomId, room =>
    {
        _feeds.GetValueOrDefault(room)?.Note(new(frame.Read.Seq, frame.Read.Seq));
        return new RoomCommands.MarkRead(room, User, frame.Read.Seq);
    });

    private void Join(ClientFrame frame)
    {
        if (!RoomId.TryParse(frame.Join.RoomId, out var room))
        {
            Reject(frame, "room_id is not an id.", "room_id");
            return;
        }

        Ask(frame.Id, _users, tag => new UserCommands.JoinRoom(User, room) { Tag = tag }, reply =>
        {
            // The user's word that the room is entered has come before this: the room itself is on its way.
            if (reply is UserReplies.Entered && _feeds.TryGetValue(room, out var feed) && feed.IsNew)
                feed.ReplyTo = frame.Id;
            else if (reply is UserReplies.Entered)
                AskFor(frame, _rooms, new RoomQueries.GetRoom(room, User));
            else
                Send(frame.Id, FrameOf(reply));
        });
    }

    private void WithRoom(ClientFrame frame, string roomId, Func<RoomId, RoomRequest> request)
    {
        if (RoomId.TryParse(roomId, out var room))
            AskFor(frame, _rooms, request(room));
        else
            Reject(frame, "room_id is not an id.", "room_id");
    }

    private void WithMessage(ClientFrame frame, string roomId, string messageId, Func<RoomId, MessageId, RoomRequest> request)
    {
        if (MessageId.TryParse(messageId, out var message))
            WithRoom(frame, roomId, room => request(room, message));
        else
            Reject(frame, "message_id is not an id.", "message_id");
    }

    private void AskFor<TRegion>(ClientFrame frame, IRequiredActor<TRegion> whom, Request request) =>
        Ask(frame.Id, whom, tag => request with { Tag = tag }, reply => Send(frame.Id, FrameOf(reply)));

    private void Ask<TRegion>(string? frameId, IRequiredActor<TRegion> whom, Func<long, Request> request, Action<Reply> then)
    {
        _asked.Add(++_lastTag, new(frameId, Now + AskTimeouts.FromEdge, then));
        whom.ActorRef.Tell(request(_lastTag));
    }

    private void Answered(Reply reply)
    {
        if (_asked.Remove(reply.Tag, out var question))
            question.Then(reply);
    }

    // An entity that stops takes its mailbox along: what was in it is never answered.
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
            Context.Parent.Tell(Passivate.Instance);
        });
    }

    private void Reject(ClientFrame frame, string why, string? field) =>
        Send(frame.Id, ErrorFrames.Of(new(ErrorCode.InvalidArgument, why, field)));

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

    private sealed record Arrival(string? HelloId, IReadOnlyDictionary<string, long> Cursors, bool Resumed, SearchState? Search = null, bool IsOverdue = false)
    {
        /// <summary>Signals of a call that rings, which cannot be shown before the room is.</summary>
        public List<OutboundFrame> Signals { get; } = [];
    }

    private sealed record Question(string? FrameId, DateTimeOffset Deadline, Action<Reply> Then);

    private sealed record CaughtUp(RoomId Room, long UpTo, IReadOnlyList<OutboundFrame> Frames, IActorRef Socket);

    private sealed record CatchUpFailed(RoomId Room, Exception Cause);

    private sealed record AttachRoom(RoomId RoomId);

    private sealed record AttachUser
    {
        public static AttachUser Instance { get; } = new();
    }

    private sealed record WelcomeOverdue
    {
        public static WelcomeOverdue Instance { get; } = new();
    }

    private sealed record Overdue
    {
        public static Overdue Instance { get; } = new();
    }

    private sealed record GraceOver
    {
        public static GraceOver Instance { get; } = new();
    }
}
