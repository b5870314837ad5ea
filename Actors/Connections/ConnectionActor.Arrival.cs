using Akka.Actor;
using WebChat.Actors.Matching;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <content>How a client arrives: its session is told to the user and to the rooms, and when they have answered the client is welcome.</content>
public sealed partial class ConnectionActor
{
    private static readonly TimeSpan WelcomeWithin = TimeSpan.FromSeconds(3);

    private Arrival? _arrival;

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
        CloseIfFinished();
    }

    private sealed record Arrival(string? HelloId, IReadOnlyDictionary<string, long> Cursors, bool Resumed, SearchState? Search = null, bool IsOverdue = false)
    {
        /// <summary>Signals of a call that rings, which cannot be shown before the room is.</summary>
        public List<OutboundFrame> Signals { get; } = [];
    }

    private sealed record AttachUser { public static readonly AttachUser Instance = new(); }

    private sealed record WelcomeOverdue { public static readonly WelcomeOverdue Instance = new(); }
}
