using Akka.Actor;

namespace Akka.Hosting;

/// <summary>A registry of actors that may be added to.</summary>
public interface IActorRegistry : IReadOnlyActorRegistry
{
    /// <summary>Registers an actor.</summary>
    /// <exception cref="DuplicateActorRegistryException">The key has an actor, and <paramref name="overwrite"/> is not set.</exception>
    void Register<TKey>(IActorRef actor, bool overwrite = false);

    /// <summary>Registers an actor unless the key has one that <paramref name="overwrite"/> does not allow to replace; says whether it did.</summary>
    bool TryRegister<TKey>(IActorRef actor, bool overwrite = false);

    /// <summary>Registers an actor unless the key has one that <paramref name="overwrite"/> does not allow to replace; says whether it did.</summary>
    bool TryRegister(Type key, IActorRef actor, bool overwrite = false);
}
