using System.Globalization;

namespace WebChat.Bench;

/// <summary>What a run gave.</summary>
/// <param name="Options">What was asked.</param>
/// <param name="Messages">How many messages were acknowledged.</param>
/// <param name="Elapsed">In what time.</param>
/// <param name="Latencies">From sending to acknowledgement, in milliseconds, sorted.</param>
public sealed record LoadReport(LoadOptions Options, int Messages, TimeSpan Elapsed, IReadOnlyList<double> Latencies)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Options.Pairs} pairs, {Options.Lanes} on the way each, {Options.Encoding}: {Messages} messages in {Elapsed.TotalSeconds:F1} s, {Messages / Elapsed.TotalSeconds:F0} messages/s; acknowledged after p50 {Percentile(0.50):F1} ms, p99 {Percentile(0.99):F1} ms, at most {Percentile(1):F1} ms");

    private double Percentile(double share) => Latencies.Count == 0 ? 0 : Latencies[(int)Math.Ceiling(share * Latencies.Count) - 1];
}
