using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Hands what the application's periodic health checks found to the gRPC health service, and so to its watchers.</summary>
internal sealed class GrpcHealthChecksPublisher(HealthServiceImpl health, IOptions<GrpcHealthChecksOptions> options) : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var mapping in options.Value.Services)
        {
            var entries = report.Entries.Where(e => mapping.HealthCheckPredicate?.Invoke(new HealthCheckMapContext(e.Key, e.Value.Tags)) ?? true);
            health.SetStatus(mapping.Name, HealthReportStatus.Of(entries.Select(e => e.Value)));
        }

        return Task.CompletedTask;
    }
}
