using System.Diagnostics.CodeAnalysis;
using Akka.Actor;

namespace Akka.Hosting;

/// <summary>Finds actors by a type that stands for them, mostly their own.</summary>
public interface IReadOnlyActorRegistry : IEnumerable<KeyValuePair<Type, IActorRef>>
{
    /// <summary>The actor of that key.</summary>
    /// <exception cref="MissingActorRegistryEntryException">None is registered.</exception>
    IActorRef Get<TKey>();

    /// <summary>The actor of that key, as soon as there is one.</summary>
    Task<IActorRef> GetAsync<TKey>(CancellationToken ct = default);

    /// <summary>The actor of that key, as soon as there is one.</summary>
    Task<IActorRef> GetAsync(Type key, CancellationToken ct = default);

    /// <summary>Whether there is an actor of that key, and which.</summary>
    bool TryGet(Type key, [NotNullWhen(true)] out IActorRef? actor);

    /// <summary>Whether there is an actor of that key, and which.</summary>
    bool TryGet<TKey>([NotNullWhen(true)] out IActorRef? actor);
}
