namespace Akka.Actor;

/// <summary>Makes the instances of an actor in its own way, such as from a container.</summary>
public interface IIndirectActorProducer
{
    /// <summary>Makes an instance. It must be a new one each time.</summary>
    ActorBase Produce();

    /// <summary>The type of the actors that are made.</summary>
    Type ActorType { get; }

    /// <summary>Takes back an instance that stopped or was replaced.</summary>
    void Release(ActorBase actor);
}
