using System.Text.Json;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Bench;

/// <summary>The load tool as its user runs it, but for some seconds. How fast anything is decides nothing here.</summary>
public sealed class LoadToolTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--scenario pairs --pairs 2 --encoding json --in-flight 4 --verify")]
    [InlineData("--scenario pairs --pairs 2 --encoding grpc --rate 50 --verify")]
    [InlineData("--scenario groups --groups 2 --group-size 3 --encoding binary --verify")]
    [InlineData("--scenario churn --pairs 2 --encoding json --reconnect-every 3 --verify")]
    [InlineData("--scenario idle --clients 10")]
    public async Task A_scenario_runs_verifies_and_reports(string arguments)
    {
        var (json, html) = (Path.Combine(_folder.Path, "result.json"), Path.Combine(_folder.Path, "result.html"));

        var (exitCode, output) = await BenchProgram.RunAsync($"load {arguments} --duration 1 --warmup 0.2 --json {json} --html {html}");

        Assert.True(exitCode == 0, output);
        using var result = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        var facts = result.RootElement.GetProperty("facts");
        if (arguments.Contains("--verify", StringComparison.Ordinal))
        {
            Assert.InRange(facts.GetProperty("acknowledged in all").GetInt32(), 1, int.MaxValue);
            Assert.Equal(0, facts.GetProperty("faults").GetInt32());
            Assert.InRange(result.RootElement.GetProperty("latenciesMs").GetProperty("acknowledged").GetProperty("p99.9").GetDouble(), 0.001, 60_000);
        }

        Assert.StartsWith("<!doctype html>", await File.ReadAllTextAsync(html));
    }

    [Theory]
    [InlineData("load --encoding grpc --url http://localhost:1", "--grpc-url")]
    [InlineData("load --url localhost", "not an address")]
    [InlineData("load --pid 1", "--url")]
    [InlineData("load --pairs 0", "--pairs must be 1 to 10000")]
    [InlineData("load --pairs many", "--pairs must be 1 to 10000")]
    [InlineData("load --duration -1", "--duration must be")]
    [InlineData("load --encoding xml", "xml")]
    [InlineData("load --scenario churn --rate 5", "churn")]
    [InlineData("load --scenario idle --verify", "--verify needs messages")]
    [InlineData("load --message-bytes 5", "--message-bytes must be 24 to 2000")]
    [InlineData("compare --rounds 0", "--rounds must be 1 to 100")]
    [InlineData("targets everything", "everything")]
    [InlineData("chaos --pairs 0", "--pairs must be 1 to 1000")]
    [InlineData("chaos --minutes -1", "--minutes must be")]
    [InlineData("dance", "dance")]
    public async Task An_option_that_cannot_be_is_named(string arguments, string named)
    {
        var (exitCode, output) = await BenchProgram.RunAsync(arguments);
        Assert.Equal(1, exitCode);
        Assert.Contains(named, output);
    }

    [LinuxFact]
    public async Task Failures_while_pairs_talk_lose_no_message()
    {
        var (exitCode, output) = await BenchProgram.RunAsync("chaos --minutes 0.2 --pairs 2 --seed 1");
        Assert.True(exitCode == 0, output);
        Assert.Contains("messages acknowledged", output);
    }

    [Fact]
    public async Task The_comparison_runs_with_all_baselines()
    {
        var (exitCode, output) = await BenchProgram.RunAsync("compare --quick");
        Assert.True(exitCode == 0, output);
        Assert.Contains("| (c) Kestrel, nothing stored |", output);
        Assert.Contains("| messages per CPU second, binary, of (a) |", output);
    }

    [Fact]
    public async Task The_scenarios_with_targets_run()
    {
        var (exitCode, output) = await BenchProgram.RunAsync("targets --quick idle match group");
        Assert.True(exitCode == 0, output);
        Assert.Equal(3, output.Split('\n').Count(line => line.EndsWith("| met |", StringComparison.Ordinal) || line.EndsWith("| missed |", StringComparison.Ordinal)));
    }
}
