using System.Collections;
using System.Collections.ObjectModel;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>The gRPC services whose health is told, each name once.</summary>
public sealed class ServiceMappingCollection : ICollection<ServiceMapping>
{
    private readonly MappingsByName _mappings = [];

    /// <summary>No services.</summary>
    public ServiceMappingCollection()
    {
    }

    /// <inheritdoc/>
    public int Count => _mappings.Count;

    bool ICollection<ServiceMapping>.IsReadOnly => false;

    /// <summary>Adds a service, or replaces the one of that name.</summary>
    public void Map(string name, Func<HealthCheckMapContext, bool> predicate)
    {
        _mappings.Remove(name);
        _mappings.Add(new ServiceMapping(name, predicate));
    }

    /// <summary>Adds a service. Throws where there is one of that name.</summary>
    public void Add(ServiceMapping service) => _mappings.Add(service);

    /// <summary>Removes a service.</summary>
    public void Remove(string name) => _mappings.Remove(name);

    /// <inheritdoc/>
    public void Clear() => _mappings.Clear();

    /// <inheritdoc/>
    public IEnumerator<ServiceMapping> GetEnumerator() => _mappings.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    bool ICollection<ServiceMapping>.Contains(ServiceMapping item) => _mappings.Contains(item);

    void ICollection<ServiceMapping>.CopyTo(ServiceMapping[] array, int arrayIndex) => _mappings.CopyTo(array, arrayIndex);

    bool ICollection<ServiceMapping>.Remove(ServiceMapping item) => _mappings.Remove(item);

    internal ServiceMapping? Find(string name) => _mappings.TryGetValue(name, out var mapping) ? mapping : null;

    private sealed class MappingsByName : KeyedCollection<string, ServiceMapping>
    {
        protected override string GetKeyForItem(ServiceMapping item) => item.Name;
    }
}
