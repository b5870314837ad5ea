namespace Akka.Actor;

/// <summary>Something that makes and finds actors: a system, or an actor's context.</summary>
public interface IActorRefFactory
{
    /// <summary>Makes an actor below this one and returns at once.</summary>
    /// <param name="props">How the actor is made.</param>
    /// <param name="name">Its name among its siblings; null for a generated one.</param>
    /// <exception cref="InvalidActorNameException">The name is malformed or taken.</exception>
    IActorRef ActorOf(Props props, string? name = null);

    /// <summary>The actors at a path.</summary>
    ActorSelection ActorSelection(ActorPath actorPath);

    /// <summary>The actors at a path, which may be relative and hold wildcards.</summary>
    ActorSelection ActorSelection(string actorPath);
}
