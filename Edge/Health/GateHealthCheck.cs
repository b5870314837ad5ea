using Microsoft.Extensions.Diagnostics.HealthChecks;
using WebChat.Edge.Sessions;

namespace WebChat.Edge.Health;

/// <summary>Unhealthy once the server drains, so that a load balancer sends new clients elsewhere.</summary>
public sealed class GateHealthCheck(SessionGate gate) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(gate.IsClosed ? HealthCheckResult.Unhealthy("The server is draining.") : HealthCheckResult.Healthy());
}
