using Microsoft.Extensions.Diagnostics.HealthChecks;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Edge.Services;

namespace WebChat.Edge.Health;

/// <summary>Healthy when the room directory answers, which it can only if the actors run and the journal could be read.</summary>
public sealed class ActorsHealthCheck(Region<DirectoryRegion> directory) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await directory.Ask<DirectoryReplies.Page>(new DirectoryQueries.GetPage(null, 1), patience.Token);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return new(context.Registration.FailureStatus, "The actors do not answer.", failure);
        }
    }
}
