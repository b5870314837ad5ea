using Akka.Actor;
using WebChat.Actors.Accounts;
using WebChat.Actors.Matching;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <content>From a hello to its welcome, and the access token that keeps the client welcome.</content>
public sealed partial class ConnectionActor
{
    private Greeting? _greeting;
    private bool _isOpening;

    private void Greet(Arrival arrival)
    {
        var (open, isNew) = (arrival.Open, arrival.Open.Session is null);
        if (!isNew && (_isClosed || _owner != (open.Identity.User, open.Identity.Family)))
        {
            Context.Parent.Tell(new NotResumable(arrival));
            if (_user is null && _greeting is null)
                Retire();
            return;
        }

        CloseTransport(CloseCode.Replaced);
        (_queue, _identity, _greeting) = (open.Queue, open.Identity, new(arrival, isNew));
        (_finishing, _sends, _refused) = (false, 0, 0);
        LimitFrames();
        _signals = new(_limits.SignalsPerSecond, _limits.SignalBurst);
        _asked.Clear();
        _feeds.Clear();
        _toRead.Clear();
        _reading = null;
        Timers.Cancel(GraceOver.Instance);
        AwaitExpiry(open.ExpiresAt);
        open.Queue.Abandoned.PipeTo(Self, Self, () => new Lost(open.Queue));
        AttachToUser();
    }

    private void AttachToUser() => _users.ActorRef.Tell(new UserCommands.AttachSession(User, _id, _identity.Family, _queue is not null)
    {
        Tag = Expect(null, reply =>
        {
            switch (reply)
            {
                case UserReplies.SessionAttached attached:
                    AttachedToUser(attached);
                    break;
                case Rejection { Code: ErrorCode.NotFound } when _greeting is { IsNew: false } greeting:
                    // It closed while its former holder handed it over.
                    (_queue, _greeting) = (null, null);
                    Context.Parent.Tell(new NotResumable(greeting.Arrival));
                    Retire();
                    break;
                case Rejection rejection when IsPassing(rejection):
                    Timers.StartSingleTimer(AttachUser.Instance, AttachUser.Instance, rejection.RetryAfter ?? RetryAfter);
                    break;
                case Rejection rejection:
                    Write(_greeting?.Arrival.Open.HelloId, ErrorFrames.Of(rejection));
                    if (rejection.Code == ErrorCode.RateLimited)
                    {
                        _metrics.Refused("Sessions");
                        Detach(CloseCode.Flooding);
                    }
                    else
                        End(rejection.Code == ErrorCode.PermissionDenied ? CloseCode.Banned : CloseCode.Unauthenticated, leaves: null);
                    break;
            }
        }),
    });

    private void AttachedToUser(UserReplies.SessionAttached attached)
    {
        _user = Context.Watch(Sender);
        _blocked = attached.Blocked;
        if (_greeting is not null)
            Timers.StartSingleTimer(WelcomeOverdue.Instance, WelcomeOverdue.Instance, AskTimeouts.BetweenEntities);
        AttachRooms(attached.Rooms);
        if (_greeting is null)
        {
            // The user stopped before it could tell of a match, and the room above is not shown as one.
            TellSearch();
            return;
        }

        if (_owner is null && !_isOpening)
            Open();
        AskSearch();
        // Only now: a login that ends from here on ends the sessions that its user knows, and this is one of them.
        CheckLoginAgain();
    }

    private void Open()
    {
        _isOpening = true;
        var opened = new SessionOpened { At = Now.ToUnixTimeMilliseconds(), UserId = User.Value, FamilyId = _identity.Family.Value };
        PersistAsync(opened, _ =>
        {
            _metrics.Persisted();
            _owner = (User, _identity.Family);
            Welcome();
        });
    }

    private void AttachRooms(IReadOnlyList<RoomPosition> rooms)
    {
        foreach (var (room, readSeq) in rooms)
        {
            var feed = new RoomFeed(room, CursorOf(room));
            feed.Note(new(readSeq, readSeq));
            if (_feeds.TryAdd(room, feed))
                AttachAgain(room);
        }

        // A room that ended while the client was away is none of the user's any more, but the client has not seen how it ended.
        foreach (var known in _greeting?.Arrival.Open.Cursors.Keys ?? [])
        {
            if (RoomId.TryParse(known, out var room) && _feeds.TryAdd(room, new(room, CursorOf(room)) { IsOver = true }))
                AttachAgain(room);
        }
    }

    private long? CursorOf(RoomId room) => _greeting?.Arrival.Open.Cursors.TryGetValue(room.Value, out var seq) == true ? seq : null;

    // Only the last question counts: the answers come from the user or the matcher, and so in any order.
    private void AskSearch()
    {
        var greeting = _greeting!;
        greeting.Search = null;
        var question = ++greeting.Questions;
        _users.ActorRef.Tell(new UserQueries.GetSearch(User)
        {
            Tag = Expect(null, reply =>
            {
                if (_greeting != greeting || greeting.Questions != question)
                    return;
                if (reply is MatcherReplies.SearchIs search)
                    greeting.Search = search.State;
                else
                    Timers.StartSingleTimer(AttachUser.Instance, AttachUser.Instance, RetryAfter);
                Welcome();
            }),
        });
    }

    private void CheckLoginAgain() => _accounts.ActorRef.Tell(new AccountQueries.CheckLogin(_identity)
    {
        Tag = Expect(null, reply =>
        {
            switch (reply)
            {
                case Done when _greeting is not null:
                    _greeting.IsLoginOpen = true;
                    Welcome();
                    break;
                case Rejection rejection when IsPassing(rejection):
                    Timers.StartSingleTimer(CheckLogin.Instance, CheckLogin.Instance, rejection.RetryAfter ?? RetryAfter);
                    break;
                case Rejection rejection:
                    Write(_greeting?.Arrival.Open.HelloId, ErrorFrames.Of(rejection));
                    End(CloseCode.Unauthenticated, leaves: null);
                    break;
            }
        }),
    });

    // The welcome names all rooms, so it waits for each of them, but not for one that fails, nor for ever: such a room is shown
    // when it answers.
    private void Welcome()
    {
        if (_greeting is not { Search: { } search, IsLoginOpen: true } greeting || _owner is null
            || (!greeting.IsOverdue && _feeds.Values.Any(feed => feed is { View: null, IsUnavailable: false })))
            return;
        _greeting = null;
        Timers.Cancel(WelcomeOverdue.Instance);
        Write(greeting.Arrival.Open.HelloId, new()
        {
            Welcome = new()
            {
                SessionId = _id.Value,
                UserId = User.Value,
                Resumed = !greeting.IsNew && !greeting.HasLostCursor,
                HeartbeatSeconds = (int)_options.Heartbeat.TotalSeconds,
                Rooms = { _feeds.Values.Select(feed => feed.View).OfType<Room>() },
                Search = search,
            },
        });
        greeting.Arrival.Transport.Tell(new ConnectionReplies.Welcomed(Self));
        foreach (var feed in _feeds.Values.ToList())
        {
            feed.IsNew = feed.View is null;
            if (!feed.IsNew)
                CatchUp(feed);
        }

        foreach (var signal in greeting.Signals)
            Deliver(signal);
    }

    private void HurryWelcome()
    {
        if (_greeting is not null)
            _greeting.IsOverdue = true;
        Welcome();
    }

    private void Renew(ConnectionCommands.Renew renewal)
    {
        var frame = renewal.Frame;
        if (!MayPass(frame))
            return;
        if (renewal.Identity is not { } fresh)
            Reject(frame, new(ErrorCode.Unauthenticated, "The access token is invalid or has expired.", "access_token"));
        else if ((fresh.User, fresh.Family) != _owner)
            Reject(frame, new(ErrorCode.PermissionDenied, "The access token belongs to another login.", "access_token"));
        else
            _accounts.ActorRef.Tell(new AccountQueries.CheckLogin(fresh)
            {
                Tag = Expect(frame.Id, reply =>
                {
                    if (reply is Done)
                    {
                        AwaitExpiry(renewal.ExpiresAt);
                        Rename(fresh);
                    }

                    Write(frame.Id, reply is Rejection rejection ? ErrorFrames.Of(rejection) : new() { Ack = new() });
                }),
            });
    }

    // A guest that keeps the account has another account from then on, and the limits of other users.
    private void Rename(Identity fresh)
    {
        if (fresh.Username == _identity.Username)
            return;
        _identity = fresh;
        LimitFrames();
    }

    private void LimitFrames()
    {
        var (burst, perSecond) = _limits.MessagesOf(_identity.Username);
        _frames = new(perSecond, burst);
    }

    private void AwaitExpiry(DateTimeOffset expiresAt)
    {
        var left = expiresAt + _options.TokenGrace - Now;
        Timers.StartSingleTimer(TokenExpired.Instance, TokenExpired.Instance, left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    /// <summary>Whether the same may be granted a moment later.</summary>
    private static bool IsPassing(Rejection rejection) => rejection.Code is ErrorCode.Unavailable or ErrorCode.DeadlineExceeded or ErrorCode.Internal;

    private sealed class Greeting(Arrival arrival, bool isNew)
    {
        public Arrival Arrival => arrival;

        public bool IsNew => isNew;

        /// <summary>The user's search; null as long as the last question for it is not answered.</summary>
        public SearchState? Search { get; set; }

        /// <summary>How often the search was asked for.</summary>
        public int Questions { get; set; }

        public bool IsLoginOpen { get; set; }

        /// <summary>Whether a cursor is beyond the history of its room.</summary>
        public bool HasLostCursor { get; set; }

        public bool IsOverdue { get; set; }

        /// <summary>Signals of a call that rings, which cannot be shown before the room is.</summary>
        public List<OutboundFrame> Signals { get; } = [];
    }

    private sealed record AttachUser : INoSerializationVerificationNeeded { public static readonly AttachUser Instance = new(); }

    private sealed record CheckLogin : INoSerializationVerificationNeeded { public static readonly CheckLogin Instance = new(); }

    private sealed record WelcomeOverdue : INoSerializationVerificationNeeded { public static readonly WelcomeOverdue Instance = new(); }

    private sealed record TokenExpired : INoSerializationVerificationNeeded { public static readonly TokenExpired Instance = new(); }
}
