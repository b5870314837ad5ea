using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Edge.Telemetry;

/// <summary>The files in <c>deploy</c>, tried with Prometheus itself.</summary>
public sealed partial class PrometheusTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Files = Path.Combine(Repository.Root, "deploy", "prometheus");

    // A server without failures and refusals does not export these.
    private static readonly string[] Rare = ["webchat_entity_failing", "webchat_actor_restarts_total", "webchat_actor_dead_letters_total", "webchat_limit_refusals_total"];

    [PrometheusFact]
    public async Task The_alert_rules_are_valid_and_fire()
    {
        await Run(Programs.Promtool!, Files, "check", "rules", "webchat.rules.yml");
        await Run(Programs.Promtool!, Path.Combine(Repository.Root, "Tests", "Edge", "Telemetry"), "test", "rules", "alerts.test.yml");
    }

    [PrometheusFact]
    public async Task Prometheus_scrapes_all_that_the_rules_and_the_dashboard_query()
    {
        await using var edge = await EdgeProcess.StartAsync(("WebChat:Metrics:Enabled", "true"));
        await using var talk = await Talk.Begin(edge.Web, edge.Grpc);
        await talk.Say("hello");
        using var folder = new Folder();
        var configuration = (await File.ReadAllTextAsync(Path.Combine(Files, "prometheus.yml")))
            .Replace("scrape_interval: 15s", "scrape_interval: 500ms")
            .Replace("localhost:9464", edge.Web.Authority);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "prometheus.yml"), configuration);
        File.Copy(Path.Combine(Files, "webchat.rules.yml"), Path.Combine(folder.Path, "webchat.rules.yml"));
        var port = EdgeProcess.FreePort();
        using var prometheus = Start(
            Programs.Prometheus!, folder.Path, "--config.file=prometheus.yml", "--storage.tsdb.path=data", $"--web.listen-address=127.0.0.1:{port}");
        try
        {
            using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}/api/v1/") };
            await Until(http, "targets", answer => answer.GetProperty("activeTargets").EnumerateArray().Any(target => target.GetProperty("health").GetString() == "up"));
            var names = (await Get(http, "label/__name__/values")).EnumerateArray().Select(name => name.GetString()!).ToHashSet();

            var queries = await Queries();
            Assert.NotEmpty(queries);
            foreach (var query in queries)
            {
                await Get(http, $"query?query={Uri.EscapeDataString(query)}");
                Assert.All(Metric().Matches(query).Select(match => match.Value).Except(Rare), name => Assert.Contains(name, names));
            }
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
        }
    }

    private static async Task<List<string>> Queries()
    {
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "grafana", "webchat.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray());
        return
        [
            .. panels.Select(target => target.GetProperty("expr").GetString()!.Replace("$__rate_interval", "1m").Replace("$instance", ".*")),
            .. Expression().Matches(await File.ReadAllTextAsync(Path.Combine(Files, "webchat.rules.yml"))).Select(match => match.Groups[1].Value),
        ];
    }

    private static async Task Until(HttpClient http, string path, Func<JsonElement, bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                if (holds(await Get(http, path)))
                    return;
            }
            catch (HttpRequestException)
            {
                // It is starting.
            }

            await Task.Delay(100, patience.Token);
        }
    }

    private static async Task<JsonElement> Get(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        var json = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return json.GetProperty("data");
    }

    private static async Task Run(string program, string folder, params string[] arguments)
    {
        using var process = Start(program, folder, arguments);
        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, string.Concat(printed));
    }

    private static Process Start(string program, string folder, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;

    // The name of a label comes before an operator or between parentheses.
    [GeneratedRegex(@"\b(webchat|http|dotnet)_[a-z_]+(?=[\[{]|\)? [>/]|\) \d)")]
    private static partial Regex Metric();

    [GeneratedRegex(@"expr: (?:>-\s+)?((?:.|\n(?!\s+(for|labels):))+)")]
    private static partial Regex Expression();
}
