using Akka.Actor;
using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <summary>What an edge tells the sockets. These messages stay within the process: a socket is where its transport is.</summary>
public static class SocketCommands
{
    /// <summary>To the supervisor: a transport was accepted, its queue stands in the <see cref="SocketTable"/>. Answered by <see cref="SocketReplies.Accepted"/>.</summary>
    public sealed record Accept(long Socket);

    /// <summary>The client sent a frame.</summary>
    public sealed record Received(ClientFrame Frame)
    {
        /// <summary>Hides what the frame says: tokens and texts belong into no log, and dead letters are logged.</summary>
        public override string ToString() => $"{nameof(Received)} {Frame.BodyCase}";
    }

    /// <summary>The client sent something, but not a frame, or too long a one; the socket closes with the code.</summary>
    public sealed record ReceivedRubbish(CloseCode Reason);

    /// <summary>The client sends no more frames; the socket closes once those before are answered.</summary>
    public sealed record InputEnded { public static readonly InputEnded Instance = new(); }

    /// <summary>The transport is gone.</summary>
    public sealed record Lost { public static readonly Lost Instance = new(); }

    /// <summary>To the supervisor: how many sockets there are. Answered by <see cref="SocketReplies.Counted"/>.</summary>
    public sealed record Count { public static readonly Count Instance = new(); }

    /// <summary>To the supervisor: tell every client to go away, and close. Answered by <see cref="Done"/> when all sockets are closed.</summary>
    public sealed record Drain { public static readonly Drain Instance = new(); }
}

/// <summary>What the sockets answer.</summary>
public static class SocketReplies
{
    /// <param name="Socket">Whom to tell what the client sends.</param>
    public sealed record Accepted(IActorRef Socket);

    /// <param name="Sockets">How many there are.</param>
    public sealed record Counted(int Sockets);
}
