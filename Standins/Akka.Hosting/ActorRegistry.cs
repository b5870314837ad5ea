using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;

namespace Akka.Hosting;

/// <summary>The registry of an actor system. It may be used from any thread.</summary>
public class ActorRegistry : IActorRegistry, IExtension
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Type, IActorRef> _actors = [];
    private readonly Dictionary<Type, TaskCompletionSource<IActorRef>> _awaited = [];

    /// <summary>The registry of <paramref name="actorSystem"/>.</summary>
    public static ActorRegistry For(ActorSystem actorSystem) => actorSystem.WithExtension<ActorRegistry, ActorRegistryExtension>();

    /// <inheritdoc/>
    public void Register<TKey>(IActorRef actor, bool overwrite = false)
    {
        if (!TryRegister<TKey>(actor, overwrite))
            throw new DuplicateActorRegistryException($"An actor is already registered as {typeof(TKey)}.");
    }

    /// <inheritdoc/>
    public bool TryRegister<TKey>(IActorRef actor, bool overwrite = false) => TryRegister(typeof(TKey), actor, overwrite);

    /// <inheritdoc/>
    public bool TryRegister(Type key, IActorRef actor, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(actor);
        TaskCompletionSource<IActorRef>? awaited;
        lock (_lock)
        {
            if (!_actors.TryAdd(key, actor))
            {
                if (!overwrite) return false;
                _actors[key] = actor;
            }
            _awaited.Remove(key, out awaited);
        }
        awaited?.SetResult(actor);
        return true;
    }

    /// <inheritdoc/>
    public bool TryGet<TKey>([NotNullWhen(true)] out IActorRef? actor) => TryGet(typeof(TKey), out actor);

    /// <inheritdoc/>
    public bool TryGet(Type key, [NotNullWhen(true)] out IActorRef? actor)
    {
        ArgumentNullException.ThrowIfNull(key);
        lock (_lock) return _actors.TryGetValue(key, out actor);
    }

    /// <inheritdoc/>
    public IActorRef Get<TKey>() => TryGet<TKey>(out var actor)
        ? actor
        : throw new MissingActorRegistryEntryException($"No actor is registered as {typeof(TKey)}.");

    /// <inheritdoc/>
    public Task<IActorRef> GetAsync<TKey>(CancellationToken ct = default) => GetAsync(typeof(TKey), ct);

    /// <inheritdoc/>
    public Task<IActorRef> GetAsync(Type key, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        lock (_lock)
        {
            if (_actors.TryGetValue(key, out var actor)) return Task.FromResult(actor);
            if (!_awaited.TryGetValue(key, out var awaited))
                _awaited.Add(key, awaited = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously));
            return awaited.Task.WaitAsync(ct);
        }
    }

    /// <summary>What is registered at this moment.</summary>
    public IEnumerator<KeyValuePair<Type, IActorRef>> GetEnumerator()
    {
        lock (_lock) return _actors.ToList().GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
