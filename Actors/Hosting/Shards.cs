using Akka.Cluster.Sharding;
using Akka.Util;

namespace WebChat.Actors.Hosting;

/// <summary>
/// The shards of a region. What the cluster places on a node is a whole shard, as one actor: the <see cref="EntityParent"/> of its entities.
/// </summary>
/// <param name="region">The name of the region.</param>
internal sealed class Shards(string region) : IMessageExtractor
{
    // Never changes, since nodes of two versions must agree: enough for some 25 nodes with ten shards of each region.
    private const int Count = 256;

    private readonly string[] _names = [.. Enumerable.Range(0, Count).Select(shard => $"{region}-{shard}")];

    public string? EntityId(object message) =>
        message is IEntityMessage { EntityId: var entity } ? _names[unchecked((uint)MurmurHash.StringHash(entity)) % Count] : null;

    public object? EntityMessage(object message) => message;

    public string? ShardId(object message) => EntityId(message);

    public string ShardId(string entityId, object? messageHint = null) => entityId;
}
