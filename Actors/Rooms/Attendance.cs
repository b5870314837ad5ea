using Akka.Actor;
using WebChat.Actors.Connections;
using WebChat.Actors.Users;

namespace WebChat.Actors.Rooms;

/// <summary>Which sessions are attached to a room, and which of them have a socket. Passes with the room's actor.</summary>
internal sealed class Attendance
{
    private readonly Dictionary<SessionId, Seat> _seats = [];

    /// <summary>Whether nobody is attached.</summary>
    public bool IsEmpty => _seats.Count == 0;

    /// <summary>The connections to tell.</summary>
    public IEnumerable<IActorRef> Connections => _seats.Values.Select(seat => seat.Connection);

    /// <summary>The connections of everybody but one user.</summary>
    public IEnumerable<IActorRef> Others(UserId user) => _seats.Values.Where(seat => seat.User != user).Select(seat => seat.Connection);

    /// <summary>Whether a user has a session here.</summary>
    public bool IsAttached(UserId user) => _seats.Values.Any(seat => seat.User == user);

    /// <summary>Whether a user has a session with a socket here.</summary>
    public bool IsOnline(UserId user) => _seats.Values.Any(seat => seat.User == user && seat.Online);

    /// <summary>A session takes its seat, or changes its state.</summary>
    public void Attach(SessionId session, UserId user, IActorRef connection, bool online) => _seats[session] = new(user, connection, online);

    /// <summary>A session that sits here gained or lost its socket.</summary>
    public void SetOnline(SessionId session, bool online)
    {
        if (_seats.TryGetValue(session, out var seat))
            _seats[session] = seat with { Online = online };
    }

    /// <summary>A session leaves its seat.</summary>
    public void Detach(SessionId session) => _seats.Remove(session);

    /// <summary>A connection is gone: its session leaves its seat. Gives whose it was, if it sat here.</summary>
    public UserId? Detach(IActorRef connection)
    {
        foreach (var (session, seat) in _seats)
        {
            if (!seat.Connection.Equals(connection))
                continue;
            _seats.Remove(session);
            return seat.User;
        }

        return null;
    }

    /// <summary>All sessions of a user leave their seats.</summary>
    public void Detach(UserId user)
    {
        foreach (var session in _seats.Where(s => s.Value.User == user).Select(s => s.Key).ToList())
            _seats.Remove(session);
    }

    private readonly record struct Seat(UserId User, IActorRef Connection, bool Online);
}
