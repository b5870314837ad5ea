using Akka.Actor;
using WebChat.Actors.Connections;

namespace WebChat.Edge.Sockets;

/// <summary>The transport's side of a socket: what comes in goes to its actor, what is to go out waits in its queue.</summary>
public sealed class LiveSocket(IActorRef actor, OutboundQueue queue) : IDisposable
{
    /// <summary>What is to be sent, and in the end why to close.</summary>
    public OutboundQueue Queue => queue;

    /// <summary>Hands on what the client sent.</summary>
    public void Receive(InboundFrame frame) =>
        actor.Tell(frame.Frame is { } good ? new SocketCommands.Received(good) : new SocketCommands.ReceivedRubbish(frame.Fault), ActorRefs.NoSender);

    /// <summary>The client sends no more; the queue ends once its frames are answered.</summary>
    public void EndInput() => actor.Tell(SocketCommands.InputEnded.Instance, ActorRefs.NoSender);

    /// <summary>The transport is gone.</summary>
    public void Dispose() => actor.Tell(SocketCommands.Lost.Instance, ActorRefs.NoSender);
}
