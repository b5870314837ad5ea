using System.Globalization;
using System.Net;
using System.Text;

namespace WebChat.Bench.Load;

/// <summary>A result as one HTML page with plots, which needs nothing else.</summary>
internal static class HtmlReport
{
    private const int Width = 720;
    private const int Height = 260;
    private const int Left = 70;
    private const int Bottom = 30;
    private static readonly string[] Colours = ["#2563eb", "#d97706", "#059669"];

    // From the median to one in ten thousand: each step halves what is above it.
    private static readonly double[] Shares = [.. Enumerable.Range(1, 13).Select(i => 1 - Math.Pow(0.5, i))];

    public static string Of(LoadResult result)
    {
        var page = new StringBuilder($$"""
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><title>{{WebUtility.HtmlEncode(result.Title)}}</title>
            <style>body { font: 15px system-ui; margin: 2rem auto; max-width: 46rem } td, th { padding: .1rem 1rem .1rem 0; text-align: right } td:first-child { text-align: left } svg { font: 12px system-ui; overflow: visible }</style>
            <h1>{{WebUtility.HtmlEncode(result.Title)}}</h1><table>
            """);
        foreach (var (name, value) in result.Facts)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode(name)}<td>{LoadResult.Show(value)}");
        page.Append("</table>");

        var latencies = result.Latencies.Where(latency => latency.Values.Count > 0).ToList();
        if (latencies.Count > 0)
        {
            page.Append("<h2>Latency, ms</h2><table><tr><th><th>count").AppendJoin("", LoadResult.Percentiles.Select(percent => string.Create(CultureInfo.InvariantCulture, $"<th>{(percent == 100 ? "max" : $"p{percent}")}")));
            foreach (var (name, values) in latencies)
                page.Append(CultureInfo.InvariantCulture, $"<tr><td>{name}<td>{values.Count:N0}").AppendJoin("", LoadResult.Percentiles.Select(percent => $"<td>{LoadResult.Show(values.Percentile(percent))}"));
            page.Append("</table>");
            Plot(page, "percentile", [.. latencies.Select(latency => (latency.Name, Shares.Select((share, i) => ((double)i, latency.Values.Percentile(100 * share))).ToList()))],
                i => string.Create(CultureInfo.InvariantCulture, $"{100 * (1 - Math.Pow(0.5, i + 1)):0.###}"));
        }

        if (result.Samples.Count > 1)
        {
            foreach (var (name, value) in new (string, Func<Sample, double>)[] { ("Messages a second", s => s.MessagesPerSecond), ("Server, CPU cores", s => s.ServerCores), ("Server, MiB", s => s.MemoryMiB) })
            {
                page.Append(CultureInfo.InvariantCulture, $"<h2>{name}</h2>");
                Plot(page, "seconds", [("", result.Samples.Select(sample => (sample.At, value(sample))).ToList())], LoadResult.Show);
            }
        }

        return page.ToString();
    }

    private static void Plot(StringBuilder page, string axis, IReadOnlyList<(string Name, List<(double X, double Y)> Points)> lines, Func<double, string> label)
    {
        var (least, most) = (lines[0].Points[0].X, lines[0].Points[^1].X);
        var top = Math.Max(lines.Max(line => line.Points.Max(point => point.Y)), 1e-9);
        page.Append(CultureInfo.InvariantCulture, $"<svg viewBox='0 0 {Width} {Height}' width='{Width}' height='{Height}'>");
        for (var i = 0; i <= 4; i++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<path d='M{Left} {Y(top * i / 4):F1}H{Width}' stroke='#ddd'/><text x='{Left - 6}' y='{Y(top * i / 4) + 4:F1}' text-anchor='end'>{LoadResult.Show(top * i / 4)}</text>");
            var x = Math.Round(least + (most - least) * i / 4);
            page.Append(CultureInfo.InvariantCulture, $"<text x='{X(x):F1}' y='{Height - 10}' text-anchor='middle'>{label(x)}{(i == 4 ? $" {axis}" : "")}</text>");
        }

        foreach (var (line, colour) in lines.Zip(Colours))
        {
            page.Append(CultureInfo.InvariantCulture, $"<polyline fill='none' stroke='{colour}' stroke-width='2' points='").AppendJoin(' ', line.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):F1},{Y(point.Y):F1}")))
                .Append(CultureInfo.InvariantCulture, $"'/><text x='{Left + 12}' y='{20 + 16 * Array.IndexOf(Colours, colour)}' fill='{colour}'>{line.Name}</text>");
        }

        page.Append("</svg>");

        double X(double x) => Left + (x - least) / Math.Max(most - least, 1e-9) * (Width - Left);
        double Y(double y) => (Height - Bottom) * (1 - y / top) + 4;
    }
}
