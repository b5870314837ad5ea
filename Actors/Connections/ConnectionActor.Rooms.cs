using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using WebChat.Actors.Matching;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <content>What happens to the user, and in the rooms, on its way to the client: live where the client is up to date, from history where it is not.</content>
public sealed partial class ConnectionActor
{
    private const int EventsPerRead = 200;

    private readonly Dictionary<RoomId, RoomFeed> _feeds = [];
    private readonly HashSet<RoomId> _drainOwed = [];
    private IReadOnlySet<UserId> _blocked = ImmutableHashSet<UserId>.Empty;

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
            cause => new CatchUpFailed(room, cause, socket));
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

    // A row may be damaged, or the database away: the session's other rooms go on, and this one is tried again.
    private void CannotCatchUp(CatchUpFailed failed)
    {
        Log.Warning(failed.Cause, "The history of room {0} cannot be read", failed.Room);
        if (!failed.Socket.Equals(_socket) || !_feeds.TryGetValue(failed.Room, out var feed))
            return;
        feed.CatchingUp = false;
        Timers.StartSingleTimer(feed.Room, new AttachRoom(feed.Room), RetryAfter);
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
        CloseIfFinished();
    }

    private sealed record CaughtUp(RoomId Room, long UpTo, IReadOnlyList<OutboundFrame> Frames, IActorRef Socket);

    private sealed record CatchUpFailed(RoomId Room, Exception Cause, IActorRef Socket);

    private sealed record AttachRoom(RoomId RoomId);
}
