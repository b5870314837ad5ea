using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WebChat.Actors.Persistence;

namespace WebChat.Edge.Health;

/// <summary>Unhealthy while the database cannot be written: it is locked, read-only, full or unreachable.</summary>
public sealed class DatabaseHealthCheck(JournalDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.ProbeAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (DbException failure)
        {
            return new(context.Registration.FailureStatus, $"The database cannot be written: {failure.Message}", failure);
        }
    }
}
