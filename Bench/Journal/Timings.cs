using System.Globalization;

namespace WebChat.Bench.Journal;

/// <summary>How long one thing took, each time, as a table of Markdown tells it.</summary>
internal static class Timings
{
    /// <summary>The table's head.</summary>
    public const string Head = "| | best | p50 | slowest |\n|---|--:|--:|--:|";

    /// <summary>A line of the table.</summary>
    /// <param name="what">What took the time.</param>
    /// <param name="times">In milliseconds, in any order.</param>
    public static string Line(string what, IEnumerable<double> times)
    {
        var sorted = times.Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"| {what} | {sorted[0]:F2} ms | {sorted[sorted.Count / 2]:F2} ms | {sorted[^1]:F2} ms |");
    }
}
