using System.Collections.Concurrent;

namespace WebChat.Actors.Hosting;

/// <summary>The number of entities of each region that are awake on this node. Thread-safe.</summary>
public sealed class AwakeEntities
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    /// <summary>The number for a region.</summary>
    public int Count(string region) => _counts.GetValueOrDefault(region);

    /// <summary>Adds to the number for a region.</summary>
    public void Add(string region, int change) => _counts.AddOrUpdate(region, change, (_, count) => count + change);
}
