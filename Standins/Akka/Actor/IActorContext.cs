using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>What an actor sees of itself and its surroundings. It may be used only while the actor handles a message.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    /// <summary>The actor's own reference.</summary>
    IActorRef Self { get; }

    /// <summary>How the actor was made.</summary>
    Props Props { get; }

    /// <summary>Who sent the message that the actor is at.</summary>
    IActorRef Sender { get; }

    /// <summary>The system that the actor lives in.</summary>
    ActorSystem System { get; }

    /// <summary>The actor's supervisor.</summary>
    IActorRef Parent { get; }

    /// <summary>What runs the actor.</summary>
    MessageDispatcher Dispatcher { get; }

    /// <summary>How long the actor may be without a message before it is told; null for ever.</summary>
    TimeSpan? ReceiveTimeout { get; }

    /// <summary>Replaces what the actor does with messages.</summary>
    void Become(Receive receive);

    /// <summary>Lays a behaviour over the present one.</summary>
    void BecomeStacked(Receive receive);

    /// <summary>Takes the topmost behaviour away; at the last one, returns to the first.</summary>
    void UnbecomeStacked();

    /// <summary>The child of a name, <see cref="ActorRefs.Nobody"/> where there is none.</summary>
    IActorRef Child(string name);

    /// <summary>All children, as they are now.</summary>
    IEnumerable<IActorRef> GetChildren();

    /// <summary>Asks for <see cref="Akka.Actor.ReceiveTimeout"/> whenever no message came for so long; null for no more of it.</summary>
    void SetReceiveTimeout(TimeSpan? timeout);

    /// <summary>Stops a child, or the actor itself, after the message that it is at.</summary>
    void Stop(IActorRef child);
}
