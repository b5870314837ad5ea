using Akka.Actor;
using WebChat.Actors.Accounts;
using WebChat.Actors.Telemetry;
using WebChat.V1;

namespace WebChat.Actors.Connections;

/// <summary>What an edge tells the sessions of its clients. Nothing of it leaves the process: a session is where its transport is.</summary>
public static class ConnectionCommands
{
    /// <summary>
    /// To the supervisor: a client has said hello. Answered by <see cref="ConnectionReplies.Welcomed"/> once the welcome is
    /// in the queue, or by <see cref="ConnectionReplies.Refused"/> once the queue has said why.
    /// </summary>
    /// <param name="Queue">What is sent to the client; the transport's identity.</param>
    /// <param name="Identity">The user and the login of the access token.</param>
    /// <param name="ExpiresAt">When the access token expires.</param>
    /// <param name="HelloId">The id of the hello frame, for the welcome's reply_to.</param>
    /// <param name="Session">The session to resume; null for a new one.</param>
    /// <param name="Cursors">By room, the last seq that the client has seen.</param>
    public sealed record Open(
        OutboundQueue Queue, Identity Identity, DateTimeOffset ExpiresAt, string HelloId, SessionId? Session, IReadOnlyDictionary<string, long> Cursors)
        : INoSerializationVerificationNeeded;

    /// <summary>A message from a session's transport, which may have been replaced meanwhile.</summary>
    public abstract record FromTransport(OutboundQueue Queue) : INoSerializationVerificationNeeded;

    /// <summary>The client sent a frame. A message is timed, if there is a listener.</summary>
    public sealed record Received(OutboundQueue Queue, ClientFrame Frame, SendTiming? Timing = null) : FromTransport(Queue)
    {
        /// <summary>Hides the content: texts belong in no log, and dead letters are logged.</summary>
        public override string ToString() => $"{nameof(Received)} {Frame.BodyCase}";
    }

    /// <summary>The client presented a fresh access token; <paramref name="Identity"/> is null if it is invalid.</summary>
    public sealed record Renew(OutboundQueue Queue, ClientFrame Frame, Identity? Identity, DateTimeOffset ExpiresAt) : FromTransport(Queue)
    {
        /// <summary>Hides the token.</summary>
        public override string ToString() => nameof(Renew);
    }

    /// <summary>The client sent something that is no frame; the transport closes with the code.</summary>
    public sealed record ReceivedUnreadable(OutboundQueue Queue, CloseCode Reason) : FromTransport(Queue);

    /// <summary>The client sends no more frames; the transport closes once those before are answered.</summary>
    public sealed record InputEnded(OutboundQueue Queue) : FromTransport(Queue);

    /// <summary>Tells every client to go away, and closes. Answered by <see cref="Done"/> when all have been told.</summary>
    public sealed record Drain : INoSerializationVerificationNeeded { public static readonly Drain Instance = new(); }
}

/// <summary>The answers to <see cref="ConnectionCommands.Open"/>.</summary>
public static class ConnectionReplies
{
    /// <param name="Session">Receives what the client sends from now on.</param>
    public sealed record Welcomed(IActorRef Session) : INoSerializationVerificationNeeded;

    /// <summary>The queue is complete.</summary>
    public sealed record Refused : INoSerializationVerificationNeeded { public static readonly Refused Instance = new(); }
}

/// <summary>A hello on its way to its session.</summary>
/// <param name="Open">The hello.</param>
/// <param name="Transport">Waits for the answer.</param>
public sealed record Arrival(ConnectionCommands.Open Open, IActorRef Transport) : INoSerializationVerificationNeeded
{
    /// <summary>Closes the transport and answers it.</summary>
    public void Refuse(CloseCode? reason)
    {
        Open.Queue.Complete(reason);
        Transport.Tell(ConnectionReplies.Refused.Instance, ActorRefs.NoSender);
    }
}

/// <summary>A session to its supervisor: this client cannot resume it, and gets a new one.</summary>
internal sealed record NotResumable(Arrival Arrival) : INoSerializationVerificationNeeded;

/// <summary>A session to its supervisor: it has nothing left to do, and is to be stopped.</summary>
internal sealed record Retiring : INoSerializationVerificationNeeded { public static readonly Retiring Instance = new(); }
