using WebChat.Actors.Accounts;
using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <summary>A message to one connection.</summary>
public abstract record ConnectionMessage(SessionId SessionId) : IEntityMessage
{
    public string EntityId => SessionId.Value;
}

/// <summary>What a socket tells its connection.</summary>
public static class ConnectionCommands
{
    /// <summary>
    /// The sending socket is now the session's. Answered by a welcome frame, or by <see cref="ConnectionReplies.Gone"/>
    /// if the session is to be resumed but is not there (any more), or is another user's.
    /// </summary>
    /// <param name="SessionId">Which session.</param>
    /// <param name="Identity">Whose it is.</param>
    /// <param name="HelloId">The id of the hello frame, for the welcome's reply_to; null if the client has its welcome already.</param>
    /// <param name="Cursors">By room, the last seq that the client has seen.</param>
    /// <param name="New">Opens the session rather than resuming it.</param>
    public sealed record Attach(SessionId SessionId, Identity Identity, string? HelloId, IReadOnlyDictionary<string, long> Cursors, bool New)
        : ConnectionMessage(SessionId);

    /// <summary>The client sends no more frames; answered by <see cref="ConnectionReplies.Close"/> once all its frames are answered.</summary>
    public sealed record Finish(SessionId SessionId) : ConnectionMessage(SessionId);

    /// <summary>The socket has sent what it was given so far: more may come.</summary>
    public sealed record Drained(SessionId SessionId) : ConnectionMessage(SessionId);

    /// <summary>The client sent a frame other than hello and ping.</summary>
    public sealed record Received(SessionId SessionId, ClientFrame Frame) : ConnectionMessage(SessionId)
    {
        /// <summary>Hides what the frame says: texts belong into no log, and dead letters are logged.</summary>
        public override string ToString() => $"{nameof(Received)} {SessionId} {Frame.BodyCase}";
    }
}

/// <summary>What a connection tells its socket.</summary>
public static class ConnectionReplies
{
    /// <summary>There is no such session: open a new one.</summary>
    public sealed record Gone(SessionId SessionId);

    /// <summary>The socket is the session's; the sender is the connection.</summary>
    public sealed record Attached(SessionId SessionId);

    /// <summary>The connection restarts and has forgotten its socket: attach again.</summary>
    public sealed record Forgotten(SessionId SessionId);

    /// <summary>Part of a longer history; answered by <see cref="ConnectionCommands.Drained"/> when there is room for more.</summary>
    public sealed record History(IReadOnlyList<OutboundFrame> Frames);

    /// <summary>The socket is to close.</summary>
    public sealed record Close(CloseCode Reason);
}
