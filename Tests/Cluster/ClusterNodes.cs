using System.Security.Cryptography;
using WebChat.Clients;
using WebChat.Tests.Databases;
using WebChat.Tests.Edge;

namespace WebChat.Tests.Cluster;

/// <summary>Three Edges that form a cluster on a PostgreSQL database of their own, each a process.</summary>
internal sealed class ClusterNodes : IAsyncDisposable
{
    private const int Count = 3;

    private readonly PostgresDatabase _database;
    private readonly List<EdgeProcess> _edges = [];
    private readonly List<ChatApi> _apis = [];

    private ClusterNodes(PostgresDatabase database) => _database = database;

    /// <summary>The processes.</summary>
    public IReadOnlyList<EdgeProcess> Edges => _edges;

    /// <summary>The API of each node.</summary>
    public IReadOnlyList<ChatApi> Apis => _apis;

    /// <summary>The output of all nodes, which says why a test failed.</summary>
    public string Output => string.Join('\n', _edges.Select((edge, node) => $"--- node {node}\n{edge.Output}"));

    /// <summary>Starts three nodes, and waits until they are ready.</summary>
    public static async Task<ClusterNodes> StartAsync()
    {
        var nodes = new ClusterNodes(await PostgresDatabase.Create());
        try
        {
            var ports = Enumerable.Range(0, Count).Select(_ => EdgeProcess.FreePort()).ToList();
            var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
            // The first seed node starts the cluster; the others join it, and need it to be there.
            nodes.Add(await nodes.StartNodeAsync(ports, 0, key));
            foreach (var edge in await Task.WhenAll(nodes.StartNodeAsync(ports, 1, key), nodes.StartNodeAsync(ports, 2, key)))
                nodes.Add(edge);
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var api in _apis)
            api.Dispose();
        foreach (var edge in _edges)
            await edge.DisposeAsync();
        await _database.DisposeAsync();
    }

    private void Add(EdgeProcess edge)
    {
        _edges.Add(edge);
        _apis.Add(new(edge.Web));
    }

    private Task<EdgeProcess> StartNodeAsync(IReadOnlyList<int> ports, int node, string key) => EdgeProcess.StartAsync(
    [
        ("WebChat:Database", "Postgres"),
        ("WebChat:ConnectionString", _database.ConnectionString),
        ("WebChat:Auth:SigningKeys:0", key),
        ("WebChat:Cluster:Host", "127.0.0.1"),
        ("WebChat:Cluster:Port", $"{ports[node]}"),
        .. ports.Select((port, seed) => ($"WebChat:Cluster:SeedNodes:{seed}", $"127.0.0.1:{port}")),
    ]);
}
