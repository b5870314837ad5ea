using System.Security.Cryptography;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;
using WebChat.Actors.Accounts;
using WebChat.Actors.Options;
using WebChat.Actors.Users;
using WebChat.Clients;
using WebChat.Edge.Auth;
using WebChat.Tests.Databases;
using WebChat.Tests.Edge;
using WebChat.V1;

namespace WebChat.Tests.Cluster;

/// <summary>Three Edges that form a cluster on a PostgreSQL database of their own, each a process.</summary>
internal sealed class ClusterNodes : IAsyncDisposable
{
    private const int Count = 3;

    private readonly PostgresServer _server;
    private readonly PostgresDatabase _database;
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly List<EdgeProcess> _edges = [];
    private readonly List<ChatApi> _apis = [];

    private ClusterNodes(PostgresServer server, PostgresDatabase database) => (_server, _database) = (server, database);

    /// <summary>The processes.</summary>
    public IReadOnlyList<EdgeProcess> Edges => _edges;

    /// <summary>The API of each node.</summary>
    public IReadOnlyList<ChatApi> Apis => _apis;

    /// <summary>The output of all nodes, which says why a test failed.</summary>
    public string Output => string.Join('\n', _edges.Select((edge, node) => $"--- node {node}\n{edge.Output}"));

    /// <summary>Starts three nodes, and waits until they are ready.</summary>
    public static async Task<ClusterNodes> StartAsync()
    {
        var server = await PostgresServer.Create();
        var nodes = new ClusterNodes(server, await PostgresDatabase.Create(server));
        try
        {
            var ports = Enumerable.Range(0, Count).Select(_ => EdgeProcess.FreePort()).ToList();
            // The first seed node starts the cluster; the others join it, and need it to be there.
            nodes.Add(await nodes.StartNodeAsync(ports, 0));
            foreach (var edge in await Task.WhenAll(nodes.StartNodeAsync(ports, 1), nodes.StartNodeAsync(ports, 2)))
                nodes.Add(edge);
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls the first node as an admin.</summary>
    public async Task<T> AsAdminAsync<T>(Func<AdminService.AdminServiceClient, Metadata, AsyncUnaryCall<T>> call)
    {
        var options = Options.Create(new AuthOptions { SigningKeys = [_key] });
        var now = DateTimeOffset.UtcNow;
        var token = new AccessTokens(new(Options.Create(new StorageOptions())), options, TimeProvider.System)
            .Issue(new Identity(UserId.New(now), FamilyId.New(now), new("admin"), IsAdmin: true));
        using var channel = GrpcChannel.ForAddress(_edges[0].Grpc);
        return await call(new(channel), new() { { "authorization", $"Bearer {token.Text}" } });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var api in _apis)
            api.Dispose();
        foreach (var edge in _edges)
            await edge.DisposeAsync();
        await _database.DisposeAsync();
        await _server.DisposeAsync();
    }

    private void Add(EdgeProcess edge)
    {
        _edges.Add(edge);
        _apis.Add(new(edge.Web));
    }

    private Task<EdgeProcess> StartNodeAsync(IReadOnlyList<int> ports, int node) => EdgeProcess.StartAsync(
    [
        ("WebChat:Database", "Postgres"),
        ("WebChat:ConnectionString", _database.ConnectionString),
        ("WebChat:Auth:SigningKeys:0", _key),
        ("WebChat:Cluster:Host", "127.0.0.1"),
        ("WebChat:Cluster:Port", $"{ports[node]}"),
        .. ports.Select((port, seed) => ($"WebChat:Cluster:SeedNodes:{seed}", $"127.0.0.1:{port}")),
    ]);
}
