using HdrHistogram;

namespace WebChat.Bench.Load;

/// <summary>A histogram of latencies up to an hour, exact to three digits. Safe to record from all threads.</summary>
internal sealed class Latencies
{
    private readonly HistogramBase _microseconds = new LongConcurrentHistogram(1, TimeSpan.MicrosecondsPerSecond * 3_600, 3);

    public long Count => _microseconds.TotalCount;

    public void Record(TimeSpan latency) => _microseconds.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 1, TimeSpan.MicrosecondsPerSecond * 3_600));

    /// <summary>Returns a percentile in milliseconds; 0 if nothing was recorded.</summary>
    public double Percentile(double percent) => Count == 0 ? 0 : _microseconds.GetValueAtPercentile(percent) / 1_000.0;
}
