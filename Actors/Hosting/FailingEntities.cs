using System.Collections.Concurrent;

namespace WebChat.Actors.Hosting;

/// <summary>The entities that failed at their last start, for an operator to see. Thread-safe.</summary>
public sealed class FailingEntities
{
    private readonly ConcurrentDictionary<(string Region, string Entity), DateTimeOffset> _since = new();

    /// <summary>The region, the entity and the time of each failure, oldest first.</summary>
    public IReadOnlyList<(string Region, string Entity, DateTimeOffset Since)> Now =>
        [.. _since.Select(failing => (failing.Key.Region, failing.Key.Entity, failing.Value)).OrderBy(failing => failing.Value)];

    /// <summary>Adds an entity that has stopped by a failure.</summary>
    public void Add(string region, string entity, DateTimeOffset now) => _since.TryAdd((region, entity), now);

    /// <summary>Removes an entity that has recovered.</summary>
    public void Remove(string region, string entity) => _since.TryRemove((region, entity), out _);
}
