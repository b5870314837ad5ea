using System.Diagnostics;

namespace WebChat.Actors.Telemetry;

/// <summary>A message on its way from its commit to the members' transports: measured, and the last span of its trace.</summary>
public sealed class DeliveryTiming
{
    private readonly ChatMetrics _metrics;
    private readonly string? _trace;
    private readonly long _began = Stopwatch.GetTimestamp();

    private DeliveryTiming(ChatMetrics metrics, string? trace) => (_metrics, _trace) = (metrics, trace);

    /// <summary>Begins; null if there is no listener.</summary>
    /// <param name="metrics">Receives the times.</param>
    /// <param name="trace">The id of the span that persisted the message; null if it is not traced.</param>
    public static DeliveryTiming? Begin(ChatMetrics metrics, string? trace) => metrics.MeasuresDeliveries || trace is not null ? new(metrics, trace) : null;

    /// <summary>A transport has sent the message. Thread-safe.</summary>
    public void Delivered()
    {
        var time = Stopwatch.GetElapsedTime(_began);
        _metrics.Delivered(time);
        if (_trace is not null && ChatTrace.Begin("deliver message", ActivityKind.Consumer, _trace, DateTimeOffset.UtcNow - time) is { } span)
            ChatTrace.End(span);
    }
}
