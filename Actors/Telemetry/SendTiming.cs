using System.Diagnostics;

namespace WebChat.Actors.Telemetry;

/// <summary>A message on its way from a client's frame to the acknowledgement: measured, and the first span of its trace.</summary>
public sealed class SendTiming
{
    private readonly ChatMetrics _metrics;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Activity? _span = ChatTrace.IsOn ? ChatTrace.Begin("send message", ActivityKind.Server) : null;

    private SendTiming(ChatMetrics metrics) => _metrics = metrics;

    /// <summary>The id of the span; null if the message is not traced.</summary>
    public string? Trace => _span?.Id;

    /// <summary>Begins; null if there is no listener.</summary>
    public static SendTiming? Begin(ChatMetrics metrics) => metrics.MeasuresAcknowledgements || ChatTrace.IsOn ? new(metrics) : null;

    /// <summary>The message has its answer.</summary>
    public void End(Reply reply)
    {
        var error = (reply as Rejection)?.Code;
        _metrics.Acknowledged(Stopwatch.GetElapsedTime(_began), error);
        if (_span is not null)
            ChatTrace.End(_span, error);
    }
}
