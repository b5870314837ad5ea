using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace WebChat.Tests.Edge.Telemetry;

/// <summary>The metrics of a server at one moment, in Prometheus' text format.</summary>
internal sealed partial class Scrape
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<(string Series, double Value)> _samples;

    private Scrape(string text) => _samples =
    [
        .. from line in text.Split('\n')
           where line.Length > 0 && line[0] != '#'
           let sample = Sample().Match(line)
           select (sample.Groups[1].Value, double.Parse(sample.Groups[2].Value, CultureInfo.InvariantCulture)),
    ];

    /// <summary>The sum over the series of a name that have a label; null if there is none.</summary>
    public double? this[string name, string label = ""] =>
        _samples.FindAll(sample => sample.Series.Split('{')[0] == name && sample.Series.Contains(label, StringComparison.Ordinal)) is { Count: > 0 } found
            ? found.Sum(sample => sample.Value)
            : null;

    /// <summary>Scrapes until the values are as expected: a client may have its answer before the server has measured it.</summary>
    public static async Task Until(Uri server, Action<Scrape> expect)
    {
        using var http = new HttpClient { BaseAddress = server };
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var scrape = new Scrape(await http.GetStringAsync("/metrics"));
            try
            {
                expect(scrape);
                return;
            }
            catch (Xunit.Sdk.XunitException) when (waited.Elapsed < Patience)
            {
                await Task.Delay(50);
            }
        }
    }

    [GeneratedRegex(@"^([^ {]+(?:\{.*\})?) (\S+)")]
    private static partial Regex Sample();
}
