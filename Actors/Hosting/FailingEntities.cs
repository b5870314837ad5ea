using System.Collections.Concurrent;

namespace WebChat.Actors.Hosting;

/// <summary>The entities that failed last time they were wanted, for an operator to see. Thread-safe.</summary>
public sealed class FailingEntities
{
    private readonly ConcurrentDictionary<(string Region, string Entity), DateTimeOffset> _since = new();

    /// <summary>By region and entity, since when; in the order of failing.</summary>
    public IReadOnlyList<(string Region, string Entity, DateTimeOffset Since)> Now =>
        [.. _since.Select(failing => (failing.Key.Region, failing.Key.Entity, failing.Value)).OrderBy(failing => failing.Value)];

    /// <summary>An entity has stopped by a failure.</summary>
    public void Add(string region, string entity, DateTimeOffset now) => _since.TryAdd((region, entity), now);

    /// <summary>An entity is back.</summary>
    public void Remove(string region, string entity) => _since.TryRemove((region, entity), out _);
}
