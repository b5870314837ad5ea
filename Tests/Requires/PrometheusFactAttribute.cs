namespace WebChat.Tests.Requires;

/// <summary>A test that runs Prometheus; skipped where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute()
    {
        if (Programs.Prometheus is null || Programs.Promtool is null)
            Skip = "prometheus and promtool are not on the PATH (on Debian: apt-get install prometheus).";
    }
}
