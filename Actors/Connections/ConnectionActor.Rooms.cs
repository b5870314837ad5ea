using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using WebChat.Actors.Matching;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <content>Events of the user and of the rooms on their way to the client: live where the client is up to date, from history where it is not.</content>
public sealed partial class ConnectionActor
{
    private const int EventsPerRead = 200;

    private readonly Dictionary<RoomId, RoomFeed> _feeds = [];
    private readonly HashSet<RoomId> _drainOwed = [];
    private IReadOnlySet<UserId> _blocked = ImmutableHashSet<UserId>.Empty;

    private void AttachAgain(RoomId room)
    {
        if (!_feeds.TryGetValue(room, out var feed))
            return;
        feed.Detached();
        _rooms.ActorRef.Tell(new RoomCommands.Attach(room, User, _id, _queue is not null, feed.Receipt) { Tag = Expect(null, reply => Attached(feed, reply)) });
    }

    // An entity has stopped: asking wakes it again, on whichever node.
    private void AttachAgain(IActorRef entity)
    {
        if (entity.Equals(_user))
            AttachToUser();
        foreach (var feed in _feeds.Values.Where(feed => entity.Equals(feed.Source) && !feed.IsOver).ToList())
            AttachAgain(feed.Room);
    }

    private void Attached(RoomFeed feed, Reply reply)
    {
        switch (reply)
        {
            case RoomReplies.Attached attached:
                var isWithin = feed.Attached(attached.For(_blocked), Context.Watch(Sender));
                if (!isWithin)
                    Write(null, new() { Reset = new() { RoomId = feed.Room.Value, LastSeq = attached.Room.LastSeq } });
                if (!isWithin && _greeting is not null)
                    _greeting.HasLostCursor = true;
                if (feed.IsOver && !feed.IsBehind)
                    _feeds.Remove(feed.Room);
                else if (_greeting is null)
                    ShowRoom(feed);
                break;
            case Rejection rejection when IsPassing(rejection):
                Timers.StartSingleTimer(feed.Room, new AttachRoom(feed.Room), rejection.RetryAfter ?? RetryAfter);
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
        AttachAgain(entered.RoomId);
    }

    private void ExitRoom(UserNotices.RoomExited exited)
    {
        if (!_feeds.TryGetValue(exited.RoomId, out var feed))
            return;
        feed.IsOver = true;
        if (_greeting is null && feed.View is not null)
            CatchUp(feed);
    }

    // The rooms that the session is in are shown once more where somebody is marked otherwise now.
    private void ShowBlocks(UserNotices.BlocksChanged changed)
    {
        _blocked = changed.Blocked;
        if (_queue is null || _greeting is not null)
            return;
        foreach (var feed in _feeds.Values.Where(feed => feed is { View: not null, IsOver: false }))
        {
            _rooms.ActorRef.Tell(new RoomQueries.GetRoom(feed.Room, User)
            {
                Tag = Expect(null, reply =>
                {
                    if (reply is RoomReplies.RoomIs seen && seen.Users.Contains(changed.Who))
                        Write(null, FrameOf(seen));
                }),
            });
        }
    }

    // Asked for anew: the client may have started the next search meanwhile.
    private void TellSearch()
    {
        if (_queue is null || _greeting is not null)
            return;
        _users.ActorRef.Tell(new UserQueries.GetSearch(User)
        {
            Tag = Expect(null, reply =>
            {
                if (reply is MatcherReplies.SearchIs search)
                    Write(null, FrameOf(search));
            }),
        });
    }

    private void ShowRoom(RoomFeed feed)
    {
        if (feed.IsNew)
        {
            Write(feed.ReplyTo, feed.IsMatch ? new() { Match = new() { Room = feed.View } } : new() { Room = feed.View });
            feed.IsNew = false;
            feed.ReplyTo = null;
        }

        CatchUp(feed);
    }

    private void Forward(RoomNotices.Happened happened)
    {
        if (_queue is null || !_feeds.TryGetValue(happened.RoomId, out var feed))
            return;
        if (feed.Offer(happened, open: _greeting is null))
            Deliver(happened.Frame);
        else if (_greeting is null && feed.View is not null)
            CatchUp(feed);
    }

    private void Forward(RoomNotices.Passing passing)
    {
        if (_greeting is null)
            Deliver(passing.Frame);
        else if (passing.Frame.Frame.Signal is not null)
            _greeting.Signals.Add(passing.Frame);
    }

    private void CatchUp(RoomFeed feed)
    {
        if (_queue is not { } queue || feed.CatchingUp)
            return;
        foreach (var frame in feed.Release())
            Deliver(frame);
        if (!feed.IsBehind)
        {
            if (feed.IsOver)
                _feeds.Remove(feed.Room);
            return;
        }

        feed.CatchingUp = true;
        var (room, after, upTo) = (feed.Room, feed.Delivered, Math.Min(feed.Known, feed.Delivered + EventsPerRead));
        Read(room, after, upTo, _stopped.Token).PipeTo(
            Self,
            Self,
            frames => new CaughtUp(queue, room, upTo, frames),
            cause => new CatchUpFailed(queue, room, cause));
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
        if (!_feeds.TryGetValue(read.Room, out var feed) || !feed.CatchingUp)
            return;
        feed.Sent(read.UpTo);
        _drainOwed.Add(read.Room);
        foreach (var frame in read.Frames)
            Deliver(frame);
        read.Queue.WhenRoomy().PipeTo(Self, Self, () => new Drained(read.Queue));
    }

    // A row may be damaged, or the database away: the session's other rooms go on, and this one is tried again.
    private void CannotCatchUp(CatchUpFailed failed)
    {
        Log.Warning(failed.Cause, "The history of room {0} cannot be read", failed.Room);
        if (!_feeds.TryGetValue(failed.Room, out var feed))
            return;
        feed.CatchingUp = false;
        Timers.StartSingleTimer(feed.Room, new AttachRoom(feed.Room), RetryAfter);
    }

    private void ReadOn()
    {
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

    private sealed record CaughtUp(OutboundQueue Queue, RoomId Room, long UpTo, IReadOnlyList<OutboundFrame> Frames) : ConnectionCommands.FromTransport(Queue);

    private sealed record CatchUpFailed(OutboundQueue Queue, RoomId Room, Exception Cause) : ConnectionCommands.FromTransport(Queue);

    /// <summary>The transport has sent what it was given so far: there is room for more.</summary>
    private sealed record Drained(OutboundQueue Queue) : ConnectionCommands.FromTransport(Queue);

    private sealed record AttachRoom(RoomId RoomId);
}
