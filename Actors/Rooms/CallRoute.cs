using WebChat.Actors.Connections;
using WebChat.Actors.Users;

namespace WebChat.Actors.Rooms;

/// <summary>By which sessions the two of a pair talk, and what rings. Passes with the room's actor.</summary>
internal sealed class CallRoute
{
    /// <summary>The most signals kept while a call rings; further ones reach attached sessions only.</summary>
    private const int MaxRinging = 100;

    private readonly Dictionary<UserId, SessionId> _sessions = [];
    private readonly List<RoomNotices.Passing> _ringing = [];
    private string _call = "";

    /// <summary>What the caller has sent, for a session of the called one that comes while it rings.</summary>
    public IReadOnlyList<RoomNotices.Passing> Ringing => _ringing;

    /// <summary>With which session a user is in a call; null if that is not known.</summary>
    public SessionId? SessionOf(OpenCall call, UserId user) => call.Id == _call && _sessions.TryGetValue(user, out var session) ? session : null;

    /// <summary>A user is in a call with this session.</summary>
    public void Take(OpenCall call, UserId user, SessionId session)
    {
        if (call.Id != _call)
            _sessions.Clear();
        _call = call.Id;
        _sessions[user] = session;
    }

    /// <summary>The caller's signal while it rings; an offer takes the place of all before.</summary>
    public void Ring(RoomNotices.Passing signal, bool isOffer)
    {
        if (isOffer)
            _ringing.Clear();
        if (_ringing.Count < MaxRinging)
            _ringing.Add(signal);
    }

    /// <summary>It rings no more.</summary>
    public void Silence() => _ringing.Clear();
}
