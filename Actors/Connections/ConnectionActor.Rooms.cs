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

    // A page and what may wait from before fit into the queue, with room for live events.
    private const int BytesPerRead = OutboundQueue.MaxBytes / 2;

    private readonly Dictionary<RoomId, RoomFeed> _feeds = [];
    private readonly Queue<RoomFeed> _toRead = [];
    private RoomFeed? _reading;
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
                feed.IsUnavailable = true;
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
        // A client that resumes may know the room already.
        _feeds[entered.RoomId] = new(entered.RoomId, CursorOf(entered.RoomId)) { IsMatch = entered.Kind == Room.Types.Kind.Pair };
        AttachAgain(entered.RoomId);
        if (_greeting is not null && _user is not null)
            AskSearch();
    }

    private void ExitRoom(UserNotices.RoomExited exited)
    {
        if (!_feeds.TryGetValue(exited.RoomId, out var feed))
            return;
        feed.IsOver = true;
        if (_greeting is null && feed.View is not null)
            CatchUp(feed);
    }

    // A room is shown once more if the mark of one of its members has changed.
    private void ShowBlocks(UserNotices.BlocksChanged changed)
    {
        _blocked = changed.Blocked;
        if (_queue is null || _greeting is not null)
            return;
        foreach (var feed in _feeds.Values.Where(feed => feed is { View: not null, IsOver: false }))
        {
            _rooms.ActorRef.Tell(new RoomQueries.GetRoom(feed.Room, User, feed.Receipt.Read)
            {
                Tag = Expect(null, reply =>
                {
                    if (reply is RoomReplies.RoomIs seen && seen.Users.Contains(changed.Other))
                        Write(null, FrameOf(seen));
                }),
            });
        }
    }

    // Asked for anew: the client may have started the next search meanwhile.
    private void TellSearch()
    {
        if (_queue is null)
            return;
        if (_greeting is not null)
        {
            AskSearch();
            return;
        }

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
        _toRead.Enqueue(feed);
        if (_reading is null)
            ReadNext(queue);
    }

    // One page of one room at a time, each room in turn: together they would overflow the queue of a client that reads well.
    private void ReadNext(OutboundQueue queue)
    {
        if (!_toRead.TryDequeue(out _reading))
            return;
        var (room, after, upTo) = (_reading.Room, _reading.Delivered, Math.Min(_reading.Known, _reading.Delivered + EventsPerRead));
        ReadAsync(room, after, upTo, _stopped.Token).PipeTo(Self, Self, page => new CaughtUp(queue, page.UpTo, page.Frames), cause => new CatchUpFailed(queue, cause));
    }

    private async Task<(long UpTo, List<OutboundFrame> Frames)> ReadAsync(RoomId room, long after, long upTo, CancellationToken cancellationToken)
    {
        var (frames, bytes) = (new List<OutboundFrame>(), 0);
        await foreach (var happened in _history.ReadEvents(room, after, upTo, cancellationToken).ConfigureAwait(false))
        {
            frames.Add(new(new() { Event = happened }));
            if ((bytes += frames[^1].Size) >= BytesPerRead)
                return (happened.Seq, frames);
        }

        return (upTo, frames);
    }

    private void CaughtUpWith(CaughtUp read)
    {
        if (_feeds.GetValueOrDefault(_reading!.Room) == _reading)
        {
            _reading.Sent(read.UpTo);
            foreach (var frame in read.Frames)
                Deliver(frame);
        }

        read.Queue.WhenRoomy().PipeTo(Self, Self, () => new Drained(read.Queue));
    }

    // A row may be damaged, or the database away: the session's other rooms go on, and this one is tried again.
    private void CannotCatchUp(CatchUpFailed failed)
    {
        var room = _reading!.Room;
        Log.Warning(failed.Cause, "The history of room {0} cannot be read", room);
        _reading.CatchingUp = false;
        Timers.StartSingleTimer(room, new AttachRoom(room), RetryAfter);
        ReadNext(failed.Queue);
    }

    private void ReadOn(OutboundQueue queue)
    {
        var read = _reading!;
        read.CatchingUp = false;
        if (_feeds.GetValueOrDefault(read.Room) == read)
            CatchUp(read);
        ReadNext(queue);
        CloseIfFinished();
    }

    private sealed record CaughtUp(OutboundQueue Queue, long UpTo, IReadOnlyList<OutboundFrame> Frames) : ConnectionCommands.FromTransport(Queue);

    private sealed record CatchUpFailed(OutboundQueue Queue, Exception Cause) : ConnectionCommands.FromTransport(Queue);

    /// <summary>The transport has sent what it was given so far: there is room for more.</summary>
    private sealed record Drained(OutboundQueue Queue) : ConnectionCommands.FromTransport(Queue);

    private sealed record AttachRoom(RoomId RoomId) : INoSerializationVerificationNeeded;
}
