using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Something that a persistent actor sends to its journal.</summary>
public interface IPersistentEnvelope
{
    object Payload { get; }

    /// <summary>Who sent the command that this came from.</summary>
    IActorRef Sender { get; }

    /// <summary>How many events it holds.</summary>
    int Size { get; }
}
