using Microsoft.Extensions.Diagnostics.HealthChecks;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Edge.Services;

namespace WebChat.Edge.Health;

/// <summary>
/// Healthy when the room directory answers, which needs running actors and a readable journal. Degraded, which still serves
/// requests, when single entities fail: the check names them, and the others go on.
/// </summary>
public sealed class ActorsHealthCheck(Region<DirectoryRegion> directory, FailingEntities failing) : IHealthCheck
{
    private const int MaxNamed = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
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
