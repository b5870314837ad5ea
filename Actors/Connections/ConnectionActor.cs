using Akka.Actor;
using Akka.Hosting;
using Akka.Persistence;
using Microsoft.Extensions.Options;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;
using WebChat.Actors.Telemetry;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;
using LeaveReason = WebChat.V1.MemberLeft.Types.Reason;

namespace WebChat.Actors.Connections;

/// <summary>
/// A client session, which outlives its transports. It is <i>greeting</i> from a hello to its welcome; <i>attached</i> while
/// it passes frames between its transport and the entities; <i>detached</i> while it waits for its client to come back; and
/// <i>closed</i>, for good, when the client has not come back within the grace period or its login has ended.
/// </summary>
public sealed partial class ConnectionActor : UntypedPersistentActor, IWithTimers
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly Rejection NoAnswer = new(ErrorCode.DeadlineExceeded, "There was no answer in time; it may have happened all the same.");

    private readonly SessionId _id;
    private readonly IRequiredActor<AccountRegion> _accounts;
    private readonly IRequiredActor<UserRegion> _users;
    private readonly IRequiredActor<RoomRegion> _rooms;
    private readonly IRequiredActor<MatcherRegion> _matcher;
    private readonly RoomHistory _history;
    private readonly SessionOptions _options;
    private readonly LimitOptions _limits;
    private readonly TimeProvider _time;
    private readonly ChatMetrics _metrics;
    private readonly long _started;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Dictionary<long, Question> _asked = [];

    // What the journal says.
    private (UserId User, FamilyId Login)? _owner;
    private bool _isClosed;

    private Arrival? _first;
    private OutboundQueue? _queue;
    private Identity _identity;
    private IActorRef? _user;
    private (IActorRef Successor, Reply Reply)? _handover;
    private long _lastTag;
    private bool _awaitsAnswers;

    public ConnectionActor(
        SessionId id,
        Arrival first,
        IRequiredActor<AccountRegion> accounts,
        IRequiredActor<UserRegion> users,
        IRequiredActor<RoomRegion> rooms,
        IRequiredActor<MatcherRegion> matcher,
        RoomHistory history,
        IOptions<SessionOptions> options,
        IOptions<LimitOptions> limits,
        TimeProvider time,
        ChatMetrics metrics)
    {
        PersistenceId = PersistenceIds.Session(id);
        _id = id;
        _first = first;
        _accounts = accounts;
        _users = users;
        _rooms = rooms;
        _matcher = matcher;
        _history = history;
        _options = options.Value;
        _limits = limits.Value;
        _time = time;
        _metrics = metrics;
        _started = time.GetTimestamp();
    }

    public override string PersistenceId { get; }

    public override Recovery Recovery { get; } = new(SnapshotSelectionCriteria.None);

    public ITimerScheduler Timers { get; set; } = null!;

    private UserId User => _identity.User;

    /// <summary>The time since this actor started, by a clock that no operator can turn.</summary>
    private TimeSpan Elapsed => _time.GetElapsedTime(_started);

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SessionOpened opened:
                _owner = (new(opened.UserId), new(opened.FamilyId));
                break;
            case SessionClosed:
                _isClosed = true;
                break;
            case RecoveryCompleted:
                (var first, _first) = (_first!, null);
                Greet(first);
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case Arrival arrival:
                Greet(arrival);
                break;
            case UserNotices.SessionTaken taken:
                HandOver(taken);
                break;
            case ConnectionCommands.Drain:
                GoAway();
                break;
            case not null when _isClosed:
            case ConnectionCommands.FromTransport stale when stale.Queue != _queue:
                break;
            case ConnectionCommands.Received received:
                Receive(received);
                break;
            case Reply reply:
                Answered(reply);
                break;
            case RoomNotices.Happened happened:
                Forward(happened);
                break;
            case RoomNotices.Passing passing:
                Forward(passing);
                break;
            case ConnectionCommands.Renew renewal:
                Renew(renewal);
                break;
            case ConnectionCommands.ReceivedUnreadable unreadable:
                Detach(unreadable.Reason);
                break;
            case ConnectionCommands.InputEnded:
                _finishing = true;
                CloseIfFinished();
                break;
            case Drained drained:
                ReadOn(drained.Queue);
                break;
            case Lost:
                Detach(null);
                break;
            case CaughtUp read:
                CaughtUpWith(read);
                break;
            case CatchUpFailed failed:
                CannotCatchUp(failed);
                break;
            case UserNotices.RoomEntered entered:
                EnterRoom(entered);
                break;
            case UserNotices.RoomExited exited:
                ExitRoom(exited);
                break;
            case UserNotices.BlocksChanged changed:
                ShowBlocks(changed);
                break;
            case UserNotices.SearchEnded:
                TellSearch();
                break;
            case UserNotices.SessionEnded ended:
                End(ended.Reason, ended.Reason == CloseCode.Unauthenticated ? LeaveReason.Left : LeaveReason.Absent);
                break;
            case UserNotices.Forgotten:
                Context.Unwatch(Sender);
                AttachToUser();
                break;
            case AttachUser:
                AttachToUser();
                break;
            case RoomNotices.Forgotten forgotten:
                Context.Unwatch(Sender);
                AttachAgain(forgotten.RoomId);
                break;
            case AttachRoom again:
                AttachAgain(again.RoomId);
                break;
            case Terminated gone:
                AttachAgain(gone.ActorRef);
                break;
            case WelcomeOverdue:
                HurryWelcome();
                break;
            case CheckLogin:
                CheckLoginAgain();
                break;
            case TokenExpired:
                Detach(CloseCode.Unauthenticated);
                break;
            case AnswersOverdue:
                GiveUpOverdue();
                break;
            case GraceOver:
                End(null, LeaveReason.Absent);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Leaves the damaged journal alone: its client gets a new session.</summary>
    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        base.OnRecoveryFailure(reason, message);
        if (_first?.Open.Session is null)
            return;
        Context.Parent.Tell(new NotResumable(_first));
        _first = null;
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistRejected(cause, @event, sequenceNr);
        Context.Stop(Self);
    }

    protected override void PostStop()
    {
        base.PostStop();
        _first?.Refuse(CloseCode.Internal);
        CloseTransport(CloseCode.Internal);
        _handover?.Successor.Tell(_handover.Value.Reply, _user);
        _stopped.Cancel();
        _stopped.Dispose();
    }

    /// <summary>Notes that an entity will answer; gives the tag to ask it under.</summary>
    /// <param name="frameId">The frame that the answer is for; null if the client has not asked.</param>
    /// <param name="then">Takes the answer; null: it goes to the client.</param>
    /// <param name="isSend">Whether it acknowledges a message.</param>
    /// <param name="timing">Times the message; null without a listener.</param>
    private long Expect(string? frameId, Action<Reply>? then = null, bool isSend = false, SendTiming? timing = null)
    {
        _asked.Add(++_lastTag, new(frameId, then, isSend, Elapsed + AskTimeouts.FromEdge, timing));
        if (!_awaitsAnswers)
        {
            _awaitsAnswers = true;
            Timers.StartSingleTimer(AnswersOverdue.Instance, AnswersOverdue.Instance, AskTimeouts.FromEdge);
        }

        return _lastTag;
    }

    private void Answered(Reply reply)
    {
        if (!_asked.Remove(reply.Tag, out var question))
            return;
        if (question.IsSend)
            _sends--;
        if (question.Then is { } then)
            then(reply);
        else
            Write(question.FrameId, FrameOf(reply));
        question.Timing?.End(reply);
        CloseIfFinished();
    }

    private void GiveUpOverdue()
    {
        var now = Elapsed;
        foreach (var tag in _asked.Where(asked => asked.Value.Deadline <= now).Select(asked => asked.Key).ToList())
            Answered(NoAnswer with { Tag = tag });
        _awaitsAnswers = _asked.Count > 0;
        if (_awaitsAnswers)
            Timers.StartSingleTimer(AnswersOverdue.Instance, AnswersOverdue.Instance, _asked.Values.Min(question => question.Deadline) - now);
    }

    /// <summary>Closes the transport. The session waits for its client, if the client knows of it.</summary>
    private void Detach(CloseCode? reason)
    {
        var isUnknown = _greeting is { IsNew: true };
        CloseTransport(reason);
        if (isUnknown)
        {
            End(null, leaves: null);
            return;
        }

        foreach (var room in _feeds.Keys)
            _rooms.ActorRef.Tell(new RoomCommands.SetOnline(room, User, _id, false));
        _users.ActorRef.Tell(new UserCommands.NoteDetached(User, _id));
        Timers.StartSingleTimer(GraceOver.Instance, GraceOver.Instance, _options.GracePeriod);
    }

    private void CloseTransport(CloseCode? reason)
    {
        _queue?.Complete(reason);
        _greeting?.Arrival.Refuse(reason);
        _queue = null;
        _greeting = null;
        Timers.Cancel(WelcomeOverdue.Instance);
        Timers.Cancel(TokenExpired.Instance);
    }

    /// <summary>Closes the session for good.</summary>
    /// <param name="reason">Why the transport closes.</param>
    /// <param name="leaves">Why the user leaves a pair that no other session attends; null: the user may come back.</param>
    private void End(CloseCode? reason, LeaveReason? leaves)
    {
        CloseTransport(reason);
        Timers.CancelAll();
        _isClosed = true;
        if (_isOpening || _owner is not null)
            PersistAsync(new SessionClosed { At = Now.ToUnixTimeMilliseconds() }, _ =>
            {
                _metrics.Persisted();
                Leave(leaves);
            });
        else
            Leave(leaves);
    }

    /// <summary>Stops without a word in the journal.</summary>
    private void Retire()
    {
        Timers.CancelAll();
        _isClosed = true;
        Context.Parent.Tell(Retiring.Instance);
    }

    private void Leave(LeaveReason? leaves)
    {
        foreach (var room in _feeds.Keys)
            _rooms.ActorRef.Tell(new RoomCommands.Detach(room, User, _id, leaves));
        _users.ActorRef.Tell(new UserCommands.DetachSession(User, _id));
        Context.Parent.Tell(Retiring.Instance);
    }

    // The client has come back by another node. Nothing is written here any more; the successor begins when this has stopped.
    private void HandOver(UserNotices.SessionTaken taken)
    {
        _handover = (Sender, _isClosed ? new Rejection(ErrorCode.NotFound, "The session is over.") { Tag = taken.Attached.Tag } : taken.Attached);
        CloseTransport(CloseCode.Replaced);
        Retire();
    }

    // The clients are spread in time, so that they do not all come back at once.
    private void GoAway()
    {
        if (_queue is not null && !_isClosed)
        {
            Write(null, new() { GoAway = new() { Reason = "The server restarts.", ReconnectAfterMs = Random.Shared.Next(MaxReconnectDelayMs) } });
            Detach(CloseCode.GoingAway);
        }

        Sender.Tell(new Done());
    }

    private void Write(string? replyTo, ServerFrame frame)
    {
        frame.ReplyTo = replyTo ?? "";
        Deliver(new(frame));
    }

    private void Deliver(OutboundFrame frame)
    {
        if (_queue is { } queue && !queue.TryWrite(frame) && !frame.Droppable)
            Detach(CloseCode.TooSlow);
    }

    private ServerFrame FrameOf(Reply reply) => reply switch
    {
        RoomReplies.Acknowledged done => new() { Ack = done.ToAck() },
        RoomReplies.RoomIs room => new() { Room = room.For(_blocked) },
        MatcherReplies.SearchIs search => new() { Search = search.State },
        Rejection rejection => ErrorFrames.Of(rejection),
        _ => throw new ArgumentException($"{reply.GetType()} is not for clients.", nameof(reply)),
    };

    private readonly record struct Question(string? FrameId, Action<Reply>? Then, bool IsSend, TimeSpan Deadline, SendTiming? Timing);

    private sealed record Lost(OutboundQueue Queue) : ConnectionCommands.FromTransport(Queue);

    private sealed record AnswersOverdue : INoSerializationVerificationNeeded { public static readonly AnswersOverdue Instance = new(); }

    private sealed record GraceOver : INoSerializationVerificationNeeded { public static readonly GraceOver Instance = new(); }
}
