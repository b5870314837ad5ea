using Akka.Actor;

namespace Akka.Hosting;

/// <summary>What a service asks the container for in order to get at an actor, named by the type that it is registered under.</summary>
public interface IRequiredActor<TActor>
{
    /// <summary>The actor.</summary>
    /// <exception cref="MissingActorRegistryEntryException">It is not registered, or not yet.</exception>
    IActorRef ActorRef { get; }

    /// <summary>The actor, as soon as it is registered.</summary>
    Task<IActorRef> GetAsync(CancellationToken cancellationToken = default);
}
