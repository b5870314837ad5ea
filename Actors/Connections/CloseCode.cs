namespace WebChat.Actors.Connections;

/// <summary>Why the server closes a transport: WebSocket close codes; 4000 and up are WebChat's own. Over gRPC the stream ends with the status that matches.</summary>
public enum CloseCode
{
    /// <summary>Bye: the client said so first.</summary>
    Normal = 1000,

    /// <summary>The server is going away: reconnect and resume.</summary>
    GoingAway = 1001,

    /// <summary>A frame over 64 KiB: do not reconnect by yourself.</summary>
    TooLarge = 1009,

    /// <summary>A bug of the server: reconnect and resume.</summary>
    Internal = 1011,

    /// <summary>A frame that cannot be read: do not reconnect by yourself.</summary>
    Unreadable = 4400,

    /// <summary>No good token, no hello in time, or an ended login: refresh the token or log in again.</summary>
    Unauthenticated = 4401,

    /// <summary>Banned: do not reconnect by yourself.</summary>
    Banned = 4403,

    /// <summary>The client reads too slowly: reconnect and resume.</summary>
    TooSlow = 4408,

    /// <summary>The session was resumed on another transport: do not reconnect by yourself.</summary>
    Replaced = 4409,

    /// <summary>Too many frames, or too many sessions: reconnect after the retry time.</summary>
    Flooding = 4429,
}
