using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using WebChat.Actors.Cluster;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Rooms;
using WebChat.Edge.Services;

namespace WebChat.Edge.Health;

/// <summary>
/// Healthy when the room directory answers, which needs running actors and a readable journal. In a cluster the directory may be on
/// another node, so this node's own actor answers instead. Degraded, which still serves requests, when single entities fail: the check
/// names them, and the others go on.
/// </summary>
public sealed class ActorsHealthCheck(
    Region<DirectoryRegion> directory, IRequiredActor<NodeActor> node, FailingEntities failing, IOptions<ClusterOptions> cluster) : IHealthCheck
{
    private const int MaxNamed = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            if (cluster.Value.IsOn)
                await node.ActorRef.Ask<NodeReplies.CountsAre>(new NodeQueries.GetCounts(), patience.Token);
            else
                await directory.Ask<DirectoryReplies.Page>(new DirectoryQueries.GetPage(null, 1), patience.Token);
            return failing.Now is { Count: > 0 } entities
                ? HealthCheckResult.Degraded($"Failing: {string.Join(", ", entities.Take(MaxNamed).Select(entity => $"{entity.Region}/{entity.Entity} since {entity.Since:u}"))}.")
                : HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return new(context.Registration.FailureStatus, "The actors do not answer.", failure);
        }
    }
}
