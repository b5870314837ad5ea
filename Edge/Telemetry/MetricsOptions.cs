namespace WebChat.Edge.Telemetry;

/// <summary><c>WebChat:Metrics</c>.</summary>
public sealed class MetricsOptions
{
    /// <summary>Whether the server measures itself and answers Prometheus at <c>/metrics</c>.</summary>
    public bool Enabled { get; set; }
}
