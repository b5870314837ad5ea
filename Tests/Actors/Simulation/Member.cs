using WebChat.Actors.Accounts;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Tests.Actors.Simulation;

/// <summary>What a member remembers, on whichever machine its server runs: what it was told, and what it still waits to be told.</summary>
internal sealed class Member(string name)
{
    public string Name => name;

    public Username Username { get; } = new($"user_{name.ToLowerInvariant()}");

    public UserId? User { get; set; }

    /// <summary>The login; null if there is none, or it has ended.</summary>
    public Identity? Login { get; set; }

    /// <summary>Whether the server has acknowledged the sign-up.</summary>
    public bool IsSignedUp { get; set; }

    public bool HasProfile { get; set; }

    /// <summary>Whether the member has asked for the deletion of its account.</summary>
    public bool WantsDeletion { get; set; }

    /// <summary>Whether the account is deleted.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether the member comes back, and stays, when the faults have ended.</summary>
    public bool Returns { get; set; } = true;

    /// <summary>Whether the member's client is welcome.</summary>
    public bool IsConnected { get; set; }

    /// <summary>The session to resume; empty if there is none.</summary>
    public string Session { get; set; } = "";

    public SearchState.Types.State Search { get; set; } = SearchState.Types.State.Idle;

    public Dictionary<string, KnownRoom> Rooms { get; } = [];

    /// <summary>By client id, the messages that are neither acknowledged nor refused.</summary>
    public Dictionary<string, string> Unanswered { get; } = [];

    /// <summary>The acknowledged messages.</summary>
    public List<(string Room, long Seq, string ClientId)> Acknowledged { get; } = [];

    public int LastClientId { get; set; }
}

/// <summary>A room as a member knows it.</summary>
internal sealed class KnownRoom(long cursor)
{
    /// <summary>The last seq that the member has seen.</summary>
    public long Cursor { get; set; } = cursor;

    /// <summary>The member's own id in the room.</summary>
    public string Me { get; set; } = "";

    /// <summary>The partner's member id.</summary>
    public string Partner { get; set; } = "";

    public string Prompt { get; set; } = "";

    /// <summary>Whether the member has seen the room end, or has left it.</summary>
    public bool IsOver { get; set; }
}
