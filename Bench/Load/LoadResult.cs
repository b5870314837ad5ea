using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace WebChat.Bench.Load;

/// <summary>What one run of <c>load</c> gave.</summary>
/// <param name="Title">What was run.</param>
/// <param name="Facts">Named numbers, in their order.</param>
/// <param name="Latencies">Named histograms; those without values are left out.</param>
/// <param name="Samples">The run second by second; empty in a scenario without messages.</param>
internal sealed record LoadResult(string Title, IReadOnlyList<(string Name, double Value)> Facts, IReadOnlyList<(string Name, Latencies Values)> Latencies, IReadOnlyList<Sample> Samples)
{
    /// <summary>The percentiles that are told.</summary>
    public static readonly double[] Percentiles = [50, 90, 99, 99.9, 100];

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The result of a scenario with messages.</summary>
    public static LoadResult Of(string title, Measurement measured) => new(
        title,
        [
            ("messages", measured.Messages),
            ("messages/s", measured.MessagesPerSecond),
            .. measured.ServerCpu > TimeSpan.Zero ? new (string, double)[]
            {
                ("messages/s of server CPU", measured.MessagesPerCpuSecond),
                ("server CPU s", measured.ServerCpu.TotalSeconds),
                ("server MiB before", measured.MemoryBefore / 1048576.0),
                ("server MiB after", measured.MemoryAfter / 1048576.0),
            } : [],
            ("generator CPU s", measured.OwnCpu.TotalSeconds),
            .. measured.Errors.Select(error => ($"errors {error.Key}", (double)error.Value)),
        ],
        [("acknowledged", measured.Talk.Acknowledged), ("delivered", measured.Talk.Delivered), ("resumed", measured.Talk.Resumed)],
        measured.Samples);

    /// <summary>Prints tables.</summary>
    public void Print()
    {
        AnsiConsole.WriteLine(Title);
        var facts = new Table().Border(TableBorder.Simple).AddColumns("", "").HideHeaders();
        foreach (var (name, value) in Facts)
            facts.AddRow(name, Show(value));
        AnsiConsole.Write(facts);
        var latencies = new Table().Border(TableBorder.Simple).AddColumns(["ms", "count", .. Percentiles.Select(percent => percent == 100 ? "max" : $"p{percent.ToString(CultureInfo.InvariantCulture)}")]);
        foreach (var (name, values) in Latencies.Where(latency => latency.Values.Count > 0))
            latencies.AddRow([name, Show(values.Count), .. Percentiles.Select(percent => Show(values.Percentile(percent)))]);
        if (latencies.Rows.Count > 0)
            AnsiConsole.Write(latencies);
    }

    /// <summary>Writes a number with as many digits as mean something.</summary>
    public static string Show(double value) => value.ToString(Math.Abs(value) >= 100 || value == Math.Floor(value) ? "N0" : "N2", CultureInfo.InvariantCulture);

    /// <summary>Returns the result as JSON.</summary>
    public string ToJson() => new JsonObject
    {
        ["title"] = Title,
        ["machine"] = $"{Environment.ProcessorCount} CPUs, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}",
        ["facts"] = new JsonObject(Facts.Select(fact => KeyValuePair.Create<string, JsonNode?>(fact.Name, fact.Value))),
        ["latenciesMs"] = new JsonObject(Latencies.Where(latency => latency.Values.Count > 0).Select(latency => KeyValuePair.Create<string, JsonNode?>(latency.Name, new JsonObject(
            Percentiles.Select(percent => KeyValuePair.Create<string, JsonNode?>($"p{percent.ToString(CultureInfo.InvariantCulture)}", latency.Values.Percentile(percent)))
                .Prepend(new("count", latency.Values.Count)))))),
        ["samples"] = JsonSerializer.SerializeToNode(Samples, Indented),
    }.ToJsonString(Indented);
}
