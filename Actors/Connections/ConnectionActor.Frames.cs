using Akka.Actor;
using Akka.Hosting;
using WebChat.Actors.Matching;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <content>The client's frames: each is read, and asked of whom it concerns.</content>
public sealed partial class ConnectionActor
{
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

    private void Finish()
    {
        _finishing = Sender.Equals(_socket);
        CloseIfFinished();
    }

    // Internal questions have no frame id; a frame without an id has an empty one.
    private void CloseIfFinished()
    {
        if (_finishing && _arrival is null
            && _asked.Values.All(question => question.FrameId is null)
            && _feeds.Values.All(feed => feed is { ReplyTo: null, CatchingUp: false }))
            _socket?.Tell(new ConnectionReplies.Close(CloseCode.Normal));
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

    private void Reject(ClientFrame frame, string why, string? field) =>
        Send(frame.Id, ErrorFrames.Of(new(ErrorCode.InvalidArgument, why, field)));
}
