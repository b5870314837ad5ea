using Akka.Actor;
using WebChat.Actors.Connections;
using WebChat.Actors.Users;

namespace WebChat.Actors.Rooms;

/// <summary>The sessions that are attached to a room, by user, and those among them with a transport. Not persisted.</summary>
internal sealed class Attendance
{
    private readonly Dictionary<UserId, Dictionary<SessionId, Seat>> _seats = [];

    /// <summary>Whether no session is attached.</summary>
    public bool IsEmpty => _seats.Count == 0;

    /// <summary>The connections to tell.</summary>
    public IEnumerable<IActorRef> Connections => _seats.Values.SelectMany(ConnectionsOf);

    /// <summary>The connections of all users but one.</summary>
    public IEnumerable<IActorRef> Others(UserId user) => _seats.Where(seats => seats.Key != user).SelectMany(seats => ConnectionsOf(seats.Value));

    /// <summary>The connections of one user.</summary>
    public IEnumerable<IActorRef> Of(UserId user) => _seats.TryGetValue(user, out var seats) ? ConnectionsOf(seats) : [];

    /// <summary>The connection of one session, if it sits here.</summary>
    public IEnumerable<IActorRef> Of(UserId user, SessionId session) => _seats.TryGetValue(user, out var seats) && seats.TryGetValue(session, out var seat) ? [seat.Connection] : [];

    /// <summary>Whether a session sits here and has a socket.</summary>
    public bool IsOnline(UserId user, SessionId session) => _seats.TryGetValue(user, out var seats) && seats.TryGetValue(session, out var seat) && seat.Online;

    /// <summary>Whether a user has a session here.</summary>
    public bool IsAttached(UserId user) => _seats.ContainsKey(user);

    /// <summary>Whether a user has a session with a socket here.</summary>
    public bool IsOnline(UserId user) => _seats.TryGetValue(user, out var seats) && seats.Values.Any(seat => seat.Online);

    /// <summary>A session takes its seat, or changes its state.</summary>
    public void Attach(UserId user, SessionId session, IActorRef connection, bool online)
    {
        if (!_seats.TryGetValue(user, out var seats))
            _seats[user] = seats = [];
        seats[session] = new(connection, online);
    }

    /// <summary>A session that sits here gained or lost its socket.</summary>
    public void SetOnline(UserId user, SessionId session, bool online)
    {
        if (_seats.TryGetValue(user, out var seats) && seats.TryGetValue(session, out var seat))
            seats[session] = seat with { Online = online };
    }

    /// <summary>A session leaves its seat.</summary>
    public void Detach(UserId user, SessionId session)
    {
        if (_seats.TryGetValue(user, out var seats) && seats.Remove(session) && seats.Count == 0)
            _seats.Remove(user);
    }

    /// <summary>A connection is gone: its session leaves its seat. Returns its user; null if it was not attached.</summary>
    public UserId? Detach(IActorRef connection)
    {
        foreach (var (user, seats) in _seats)
        {
            foreach (var (session, seat) in seats)
            {
                if (!seat.Connection.Equals(connection))
                    continue;
                Detach(user, session);
                return user;
            }
        }

        return null;
    }

    /// <summary>All sessions of a user leave their seats.</summary>
    public void Detach(UserId user) => _seats.Remove(user);

    private static IEnumerable<IActorRef> ConnectionsOf(Dictionary<SessionId, Seat> seats) => seats.Values.Select(seat => seat.Connection);

    private readonly record struct Seat(IActorRef Connection, bool Online);
}
