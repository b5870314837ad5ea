using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Options;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Moderation;
using WebChat.Actors.Options;
using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <summary>
/// One live transport: greets the client, and bounds what it may send and what may wait for it. It ends with its
/// transport; the session does not.
/// </summary>
public sealed class SocketActor : ReceiveActor, IWithTimers, IWithStash
{
    // Frames that a client may send ahead of its welcome.
    private const int MaxEarlyFrames = 100;

    // Refused frames, in bursts, after which a client is not just eager.
    private const int BurstsBeforeClose = 10;

    private const int MaxFrameId = 64;
    private const int MaxReconnectDelayMs = 3_000;

    private readonly OutboundQueue _queue;
    private readonly IRequiredActor<ConnectionRegion> _connections;
    private readonly IAccessTokens _tokens;
    private readonly Bans _bans;
    private readonly SessionOptions _sessions;
    private readonly LimitOptions _limits;
    private readonly TokenBucket _bucket;
    private readonly TokenBucket _signals;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Dictionary<string, long> _cursors = [];

    private Identity _identity;
    private string? _helloId;
    private SessionId _session;
    private IActorRef _connection = ActorRefs.Nobody;
    private int _early;
    private int _refused;
    private bool _inputEnded;

    public SocketActor(
        OutboundQueue queue,
        IRequiredActor<ConnectionRegion> connections,
        IAccessTokens tokens,
        Bans bans,
        IOptions<SessionOptions> sessions,
        IOptions<LimitOptions> limits,
        TimeProvider time)
    {
        _queue = queue;
        _connections = connections;
        _tokens = tokens;
        _bans = bans;
        _sessions = sessions.Value;
        _limits = limits.Value;
        _time = time;
        _started = time.GetTimestamp();
        _bucket = new(_limits.MessagesPerSecond, _limits.MessageBurst);
        _signals = new(_limits.SignalsPerSecond, _limits.SignalBurst);
        AwaitingHello();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    protected override void PreStart() => Timers.StartSingleTimer(HelloOverdue.Instance, HelloOverdue.Instance, _sessions.HelloTimeout);

    protected override void PostStop()
    {
        // Without a reason so far it is a bug that stopped this actor, or the system that goes down.
        _queue.Complete(CloseCode.Internal);
        base.PostStop();
    }

    private void AwaitingHello()
    {
        Always();
        Receive<HelloOverdue>(_ => Close(CloseCode.Unauthenticated));
        Receive<SocketCommands.InputEnded>(_ => Close(CloseCode.Normal));
        ReceiveAsync<SocketCommands.Received>(async received =>
        {
            if (received.Frame.BodyCase == ClientFrame.BodyOneofCase.Hello)
                Greet(received.Frame.Id, received.Frame.Hello, await _tokens.ValidateAsync(received.Frame.Hello.AccessToken));
            else
                Refuse(received.Frame, new(ErrorCode.Unauthenticated, "Say hello first."));
        });
    }

    private void Attaching()
    {
        Always();
        Receive<ConnectionReplies.Attached>(_ =>
        {
            _connection = Context.Watch(Sender);
            Become(Live);
            Stash.UnstashAll();
            if (_inputEnded)
                Finish();
        });
        Receive<ConnectionReplies.Gone>(_ => Attach(SessionId.New(Now), isNew: true));
        Receive<Rejection>(_ => Close(CloseCode.Internal));
        Receive<SocketCommands.Received>(received =>
        {
            if (++_early > MaxEarlyFrames)
                Close(CloseCode.Flooding);
            else
                Stash.Stash();
        });
        Receive<SocketCommands.InputEnded>(_ => Stash.Stash());
    }

    private void Live()
    {
        Always();
        Receive<SocketCommands.Received>(received => Take(received.Frame));
        Receive<SocketCommands.InputEnded>(_ => Finish());
        Receive<OutboundFrame>(Deliver);
        Receive<ConnectionReplies.History>(DeliverHistory);
        Receive<ConnectionReplies.Forgotten>(_ =>
        {
            _helloId = null;
            Context.Unwatch(_connection);
            Attach(_session, isNew: false);
            Become(Attaching);
        });
        Receive<Terminated>(_ => Close(CloseCode.Internal));
    }

    private void Always()
    {
        Receive<SocketCommands.Lost>(_ =>
        {
            _queue.Complete(null);
            Context.Stop(Self);
        });
        Receive<SocketCommands.ReceivedRubbish>(rubbish => Close(rubbish.Reason));
        Receive<SocketCommands.Drain>(_ => GoAway());
        Receive<ConnectionReplies.Close>(close => Close(close.Reason));
    }

    private void Greet(string helloId, Hello hello, Identity? bearer)
    {
        if (bearer is not { } identity)
        {
            Write(helloId, ErrorFrames.Of(new(ErrorCode.Unauthenticated, "The access token is invalid or has expired.", "access_token")));
            Close(CloseCode.Unauthenticated);
            return;
        }

        if (_bans.Refusal(identity.User, Now) is { } refusal)
        {
            Write(helloId, ErrorFrames.Of(refusal));
            Close(CloseCode.Banned);
            return;
        }

        Timers.Cancel(HelloOverdue.Instance);
        _identity = identity;
        _helloId = helloId;
        foreach (var (room, seq) in hello.Cursors)
            _cursors[room] = seq;
        if (SessionId.TryParse(hello.SessionId, out var session))
            Attach(session, isNew: false);
        else
            Attach(SessionId.New(Now), isNew: true);
        Become(Attaching);
    }

    private void Attach(SessionId session, bool isNew)
    {
        _session = session;
        _connections.ActorRef.Tell(new ConnectionCommands.Attach(session, _identity, _helloId, _cursors.ToDictionary(), isNew));
    }

    private void Take(ClientFrame frame)
    {
        // A call begins with a flood of candidates, which are not to hold up what somebody writes, nor the other way round.
        var bucket = frame.BodyCase == ClientFrame.BodyOneofCase.Signal ? _signals : _bucket;
        if (!bucket.TryTake(_time.GetElapsedTime(_started), out var retryAfter))
        {
            Refuse(frame, new(ErrorCode.RateLimited, "Too many frames.", RetryAfter: retryAfter));
            if (++_refused > _limits.MessageBurst * BurstsBeforeClose)
                Close(CloseCode.Flooding);
            return;
        }

        _refused = 0;
        if (frame.Id.Length > MaxFrameId)
            Refuse(frame, new(ErrorCode.InvalidArgument, $"id is longer than {MaxFrameId} characters.", "id"));
        else if (frame.BodyCase == ClientFrame.BodyOneofCase.Hello)
            Refuse(frame, new(ErrorCode.FailedPrecondition, "Hello was said already."));
        else if (frame.BodyCase == ClientFrame.BodyOneofCase.Ping)
            Write(frame.Id, new() { Pong = new() });
        else
            _connection.Tell(new ConnectionCommands.Received(_session, frame));
    }

    private void Finish()
    {
        _inputEnded = true;
        _connection.Tell(new ConnectionCommands.Finish(_session));
    }

    private void Refuse(ClientFrame frame, Rejection rejection)
    {
        if (frame.BodyCase is not (ClientFrame.BodyOneofCase.Typing or ClientFrame.BodyOneofCase.Received))
            Write(frame.Id, ErrorFrames.Of(rejection));
    }

    private void Write(string? replyTo, ServerFrame frame)
    {
        frame.ReplyTo = replyTo ?? "";
        Deliver(new(frame));
    }

    private void Deliver(OutboundFrame frame)
    {
        NoteCursors(frame.Frame);
        if (!_queue.TryWrite(frame) && !frame.Droppable)
            Close(CloseCode.TooSlow);
    }

    // Where the client is, as the client itself reckons: from the room it was given, and then event by event.
    private void NoteCursors(ServerFrame frame)
    {
        switch (frame.BodyCase)
        {
            case ServerFrame.BodyOneofCase.Event:
                _cursors[frame.Event.RoomId] = frame.Event.Seq;
                break;
            case ServerFrame.BodyOneofCase.Reset:
                _cursors[frame.Reset.RoomId] = frame.Reset.LastSeq;
                break;
            case ServerFrame.BodyOneofCase.Match:
                _cursors.TryAdd(frame.Match.Room.RoomId, frame.Match.Room.LastSeq);
                break;
            case ServerFrame.BodyOneofCase.Room:
                _cursors.TryAdd(frame.Room.RoomId, frame.Room.LastSeq);
                break;
            case ServerFrame.BodyOneofCase.Welcome:
                foreach (var room in frame.Welcome.Rooms)
                    _cursors.TryAdd(room.RoomId, room.LastSeq);
                break;
        }
    }

    private void DeliverHistory(ConnectionReplies.History history)
    {
        foreach (var frame in history.Frames)
            Deliver(frame);
        var (session, connection) = (_session, _connection);
        _queue.WhenRoomy().PipeTo(connection, Self, () => new ConnectionCommands.Drained(session));
    }

    private void GoAway()
    {
        // Spread, so that a restart is not answered by everybody at once.
        Write(null, new() { GoAway = new() { Reason = "The server restarts.", ReconnectAfterMs = Random.Shared.Next(MaxReconnectDelayMs) } });
        Close(CloseCode.GoingAway);
    }

    private void Close(CloseCode reason)
    {
        _queue.Complete(reason);
        Context.Stop(Self);
    }

    private sealed record HelloOverdue { public static readonly HelloOverdue Instance = new(); }
}
