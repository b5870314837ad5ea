using Akka.Actor;
using Akka.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <content>The client's frames: each is checked, and told to the entity that it concerns.</content>
public sealed partial class ConnectionActor
{
    /// <summary>Messages that a session may have sent without an answer. A room remembers as many client ids of each member.</summary>
    private const int MaxUnansweredSends = 64;

    // Refused frames, in bursts, after which a client is not just eager.
    private const int BurstsBeforeClose = 10;

    private const int MaxFrameId = 64;
    private const int MaxReconnectDelayMs = 3_000;

    private TokenBucket _frames = null!;
    private TokenBucket _signals = null!;
    private int _refused;
    private int _sends;
    private bool _finishing;

    private void Receive(ClientFrame frame)
    {
        if (!MayPass(frame))
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
                if (IsRoom(frame, frame.Read.RoomId, out var readIn))
                    MarkRead(frame, readIn);
                break;
            case ClientFrame.BodyOneofCase.Join:
                if (IsRoom(frame, frame.Join.RoomId, out var joined))
                    Join(frame.Id, joined);
                break;
            case ClientFrame.BodyOneofCase.Leave:
                if (IsRoom(frame, frame.Leave.RoomId, out var left))
                    _rooms.ActorRef.Tell(new RoomCommands.Leave(left, User) { Tag = Expect(frame.Id) });
                break;
            case ClientFrame.BodyOneofCase.End:
                if (IsRoom(frame, frame.End.RoomId, out var ended))
                    _rooms.ActorRef.Tell(new RoomCommands.End(ended, User) { Tag = Expect(frame.Id) });
                break;
            case ClientFrame.BodyOneofCase.Answer:
                if (IsRoom(frame, frame.Answer.RoomId, out var asking))
                    _rooms.ActorRef.Tell(new RoomCommands.Answer(asking, User, frame.Answer.PromptId, frame.Answer.Yes) { Tag = Expect(frame.Id) });
                break;
            case ClientFrame.BodyOneofCase.Keep:
                if (IsRoom(frame, frame.Keep.RoomId, out var kept))
                    _rooms.ActorRef.Tell(new RoomCommands.Keep(kept, User) { Tag = Expect(frame.Id) });
                break;
            case ClientFrame.BodyOneofCase.Edit:
                Edit(frame);
                break;
            case ClientFrame.BodyOneofCase.Remove:
                if (IsMessage(frame, frame.Remove.RoomId, frame.Remove.MessageId, out var removedFrom, out var removed))
                    _rooms.ActorRef.Tell(new RoomCommands.Remove(removedFrom, User, removed) { Tag = Expect(frame.Id) });
                break;
            case ClientFrame.BodyOneofCase.React:
                React(frame);
                break;
            case ClientFrame.BodyOneofCase.Signal:
                Signal(frame);
                break;
            case ClientFrame.BodyOneofCase.Search:
                _users.ActorRef.Tell(new UserCommands.StartSearch(User, frame.Search.Mode) { Tag = Expect(frame.Id) });
                break;
            case ClientFrame.BodyOneofCase.CancelSearch:
                _matcher.ActorRef.Tell(new MatcherCommands.Withdraw(User, Withdrawn.Types.Reason.Cancelled) { Tag = Expect(frame.Id) });
                break;
            case ClientFrame.BodyOneofCase.Ping:
                Write(frame.Id, new() { Pong = new() });
                break;
            case ClientFrame.BodyOneofCase.Hello:
                Reject(frame, new(ErrorCode.FailedPrecondition, "Hello was said already."));
                break;
            default:
                Reject(frame, new(ErrorCode.InvalidArgument, "The frame has no body that this server knows."));
                break;
        }
    }

    private bool MayPass(ClientFrame frame)
    {
        // A call begins with a flood of candidates, which must not hold up messages, nor the other way round.
        var bucket = frame.BodyCase == ClientFrame.BodyOneofCase.Signal ? _signals : _frames;
        if (!bucket.TryTake(Elapsed, out var retryAfter))
        {
            Reject(frame, new(ErrorCode.RateLimited, "Too many frames.", RetryAfter: retryAfter));
            if (++_refused > _limits.MessageBurst * BurstsBeforeClose)
                Detach(CloseCode.Flooding);
            return false;
        }

        _refused = 0;
        if (frame.Id.Length <= MaxFrameId)
            return true;
        Reject(frame, new(ErrorCode.InvalidArgument, $"id is longer than {MaxFrameId} characters.", "id"));
        return false;
    }

    private void CloseIfFinished()
    {
        if (_finishing && _queue is not null
            && _asked.Values.All(question => question.FrameId is null)
            && _feeds.Values.All(feed => feed is { ReplyTo: null, CatchingUp: false }))
            Detach(CloseCode.Normal);
    }

    private void Send(ClientFrame frame)
    {
        var send = frame.Send;
        if (!ClientId.TryParse(send.ClientId, out var clientId, out var why))
            Reject(frame, new(ErrorCode.InvalidArgument, $"client_id {why}.", "client_id"));
        else if (!MessageText.TryParse(send.Text, out var text, out why))
            Reject(frame, new(ErrorCode.InvalidArgument, $"text {why}.", "text"));
        else if (!IsRoom(frame, send.RoomId, out var room))
            return;
        else if (_sends >= MaxUnansweredSends)
            Reject(frame, new(ErrorCode.RateLimited, $"{MaxUnansweredSends} messages are unanswered.", RetryAfter: NextAnswerWithin()));
        else
        {
            _sends++;
            _rooms.ActorRef.Tell(new RoomCommands.Send(room, User, clientId, text, send.InReplyTo) { Tag = Expect(frame.Id, isSend: true) });
        }
    }

    // By then the oldest message has its answer, if only that there was none in time.
    private TimeSpan NextAnswerWithin() => _asked.Values.Where(question => question.IsSend).Min(question => question.Deadline) - Elapsed;

    private void Edit(ClientFrame frame)
    {
        var edit = frame.Edit;
        if (!MessageText.TryParse(edit.Text, out var text, out var why))
            Reject(frame, new(ErrorCode.InvalidArgument, $"text {why}.", "text"));
        else if (IsMessage(frame, edit.RoomId, edit.MessageId, out var room, out var message))
            _rooms.ActorRef.Tell(new RoomCommands.Edit(room, User, message, text) { Tag = Expect(frame.Id) });
    }

    private void React(ClientFrame frame)
    {
        var react = frame.React;
        if (!Emoji.TryParse(react.Emoji, out var emoji))
            Reject(frame, new(ErrorCode.InvalidArgument, "emoji is not one emoji.", "emoji"));
        else if (IsMessage(frame, react.RoomId, react.MessageId, out var room, out var message))
            _rooms.ActorRef.Tell(new RoomCommands.React(room, User, message, emoji, react.On) { Tag = Expect(frame.Id) });
    }

    private void Signal(ClientFrame frame)
    {
        var (signal, payload) = (frame.Signal, new SignalPayload(frame.Signal.Payload));
        if (signal.Kind is < V1.Signal.Types.Kind.Offer or > V1.Signal.Types.Kind.HangUp)
            Reject(frame, new(ErrorCode.InvalidArgument, "kind is unknown.", "kind"));
        else if (payload.IsTooLarge)
            Reject(frame, new(ErrorCode.TooLarge, $"payload is over {SignalPayload.MaxBytes} bytes.", "payload"));
        else if (signal.Payload.Length == 0 != (signal.Kind == V1.Signal.Types.Kind.HangUp))
            Reject(frame, new(ErrorCode.InvalidArgument, "payload is required with every kind but HANG_UP, which has none.", "payload"));
        else if (IsRoom(frame, signal.RoomId, out var room))
            _rooms.ActorRef.Tell(new RoomCommands.Signal(room, User, _id, signal.Kind, payload, signal.CallId) { Tag = Expect(frame.Id) });
    }

    private void NoteReceived(Received received)
    {
        if (!RoomId.TryParse(received.RoomId, out var room) || !_feeds.TryGetValue(room, out var feed))
            return;
        feed.Note(new(received.Seq, 0));
        _rooms.ActorRef.Tell(new RoomCommands.NoteReceived(room, User, received.Seq));
    }

    private void MarkRead(ClientFrame frame, RoomId room)
    {
        var seq = frame.Read.Seq;
        _feeds.GetValueOrDefault(room)?.Note(new(seq, seq));
        _rooms.ActorRef.Tell(new RoomCommands.MarkRead(room, User, seq) { Tag = Expect(frame.Id) });
    }

    private void Join(string frameId, RoomId room) => _users.ActorRef.Tell(new UserCommands.JoinRoom(User, room)
    {
        Tag = Expect(frameId, reply =>
        {
            // The user's notice that the room is entered has come before this: the room itself is on its way.
            if (reply is UserReplies.Entered && _feeds.TryGetValue(room, out var feed) && feed.IsNew)
                feed.ReplyTo = frameId;
            else if (reply is UserReplies.Entered)
                _rooms.ActorRef.Tell(new RoomQueries.GetRoom(room, User, _feeds.GetValueOrDefault(room)?.Receipt.Read ?? 0) { Tag = Expect(frameId) });
            else
                Write(frameId, FrameOf(reply));
        }),
    });

    private bool IsRoom(ClientFrame frame, string text, out RoomId room)
    {
        if (RoomId.TryParse(text, out room))
            return true;
        Reject(frame, new(ErrorCode.InvalidArgument, "room_id is not an id.", "room_id"));
        return false;
    }

    private bool IsMessage(ClientFrame frame, string roomText, string messageText, out RoomId room, out MessageId message)
    {
        room = default;
        if (MessageId.TryParse(messageText, out message))
            return IsRoom(frame, roomText, out room);
        Reject(frame, new(ErrorCode.InvalidArgument, "message_id is not an id.", "message_id"));
        return false;
    }

    // Typing and received are never answered.
    private void Reject(ClientFrame frame, Rejection rejection)
    {
        if (frame.BodyCase is not (ClientFrame.BodyOneofCase.Typing or ClientFrame.BodyOneofCase.Received))
            Write(frame.Id, ErrorFrames.Of(rejection));
    }
}
