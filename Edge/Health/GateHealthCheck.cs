using Microsoft.Extensions.Diagnostics.HealthChecks;
using WebChat.Edge.Sessions;

namespace WebChat.Edge.Health;

/// <summary>Unhealthy once the server sends everybody away and lets nobody in, so that whatever hands out work looks elsewhere.</summary>
public sealed class GateHealthCheck(SessionGate gate) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(gate.IsClosed ? HealthCheckResult.Unhealthy("The server is going away.") : HealthCheckResult.Healthy());
}
