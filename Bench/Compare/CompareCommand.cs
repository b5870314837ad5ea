using System.CommandLine;
using System.Text.Json;
using WebChat.Bench.Load;

namespace WebChat.Bench.Compare;

/// <summary>
/// <c>compare</c>: the product beside baselines. All servers run at once and have their clients connected; the rounds of
/// measurement go from one to the next, so that whatever else the machine does falls on all alike.
/// </summary>
internal static class CompareCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly Option<int> Pairs = LoadCommand.Number("--pairs", 100, 1, 1_000, "Pairs that talk, one message of each member on the way");
    private static readonly Option<int> Rounds = LoadCommand.Number("--rounds", 5, 1, 100, "Measurements of each server, of which the median counts");
    private static readonly Option<double> Duration = LoadCommand.Seconds("--duration", 10, "Seconds of each measurement");
    private static readonly Option<double> WarmUp = LoadCommand.Seconds("--warmup", 40, "Seconds that each server runs before the first");
    private static readonly Option<double> Rate = LoadCommand.Seconds("--rate", 500, "Messages a second in the open loop");
    private static readonly Option<int> MessageBytes = LoadCommand.Number("--message-bytes", 100, TalkPlan.StampBytes, 2_000, "Bytes of each message");
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "A file for the medians" };

    public static Command Create()
    {
        var command = new Command("compare", "Measure WebChat beside bare servers that do the same") { Pairs, Rounds, Duration, WarmUp, Rate, MessageBytes, Json, Pins.ServerCores, Pins.ClientCores, Pins.Quick };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var quick = options.GetValue(Pins.Quick);
        var serverCores = await Pins.ApplyAsync(options);
        var pairs = quick ? 4 : options.GetValue(Pairs);
        var plan = new TalkPlan { Duration = TimeSpan.FromSeconds(quick ? 1 : options.GetValue(Duration)), WarmUp = TimeSpan.FromSeconds(quick ? 0.2 : 1), MessageBytes = options.GetValue(MessageBytes) };
        var warmUp = plan with { Duration = TimeSpan.FromSeconds(quick ? 0.5 : options.GetValue(WarmUp)) };
        (string Name, TalkPlan Plan)[] loops = [("closed loop", plan), ($"open loop, {options.GetValue(Rate)} messages/s", plan with { Rate = options.GetValue(Rate) })];

        var contenders = new List<Contender>();
        try
        {
            foreach (var start in Contender.All(pairs, serverCores))
            {
                contenders.Add(await Live.WorkAsync("Starting servers", start));
                var newest = contenders[^1];
                await Live.TalkAsync($"{newest.Name}, warm-up", new(newest.Members, warmUp, newest.Use), warmUp, cancellationToken);
            }

            var rows = new Dictionary<(string Loop, string Contender), List<Row>>();
            for (var round = 0; round < (quick ? 1 : options.GetValue(Rounds)); round++)
            {
                foreach (var (name, loop) in loops)
                {
                    foreach (var contender in contenders)
                    {
                        var measured = await Live.TalkAsync($"Round {round + 1}, {contender.Name}, {name}", new(contender.Members, loop, contender.Use), loop, cancellationToken);
                        if (!rows.TryGetValue((name, contender.Name), out var row))
                            rows[(name, contender.Name)] = row = [];
                        row.Add(Row.Of(measured));
                    }
                }
            }

            var medians = rows.ToDictionary(row => row.Key, row => Row.Median(row.Value));
            foreach (var (name, _) in loops)
                Print(name, [.. contenders.Select(contender => (contender.Name, medians[(name, contender.Name)]))]);
            var (closed, open) = (loops[0].Name, loops[1].Name);
            PrintTargets([.. contenders.Select(contender => medians[(closed, contender.Name)])], [.. contenders.Select(contender => medians[(open, contender.Name)])]);
            if (options.GetValue(Json) is { } json)
                await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(medians.Select(row => new { row.Key.Loop, row.Key.Contender, Median = row.Value, Rounds = rows[row.Key] }), Indented), cancellationToken);
        }
        finally
        {
            foreach (var contender in contenders)
                await contender.Server.DisposeAsync();
        }
    }

    private static void Print(string loop, IReadOnlyList<(string Name, Row Row)> rows)
    {
        Console.WriteLine($"| {loop} | messages/s | per CPU s | of (a) | acknowledged p50 | p99 | delivered p50 | p99 | MiB | generator's core |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (name, row) in rows)
            Console.WriteLine($"| {name} | {row.PerSecond:N0} | {row.PerCpuSecond:N0} | {row.PerCpuSecond / rows[2].Row.PerCpuSecond:F2} | {row.AckP50:F2} ms | {row.AckP99:F2} ms | {row.DeliveredP50:F2} ms | {row.DeliveredP99:F2} ms | {row.MiB:N0} | {row.GeneratorCores:P0} |");
        Console.WriteLine();
    }

    // In the order of Contender.All.
    private static void PrintTargets(Row[] closed, Row[] open)
    {
        var (binary, json, a, b) = (closed[0], closed[1], closed[2], closed[3]);
        Console.WriteLine(Target.Head);
        foreach (var target in new Target[]
        {
            new("messages per CPU second, binary, of (a)", binary.PerCpuSecond / a.PerCpuSecond, 0.5, IsLeast: true),
            new("messages per CPU second, binary, of (b)", binary.PerCpuSecond / b.PerCpuSecond, 5, IsLeast: true),
            new("messages per CPU second, JSON, of (a)", json.PerCpuSecond / a.PerCpuSecond, 0.4, IsLeast: true),
            new("acknowledgement p50, binary, of (a)", binary.AckP50 / a.AckP50, 2),
            new("acknowledgement p99, binary, of (a)", binary.AckP99 / a.AckP99, 2),
            new("open loop: CPU per message, binary, of (a)", open[2].PerCpuSecond / open[0].PerCpuSecond, 1.5),
            new("open loop: acknowledgement p50 beyond (c), ms", open[0].AckP50 - open[4].AckP50, 2),
            new("open loop: acknowledgement p99 beyond (c), ms", open[0].AckP99 - open[4].AckP99, 20),
        })
            Console.WriteLine(target);
    }

    private sealed record Row(double PerSecond, double PerCpuSecond, double AckP50, double AckP99, double DeliveredP50, double DeliveredP99, double MiB, double GeneratorCores)
    {
        public static Row Of(Measurement measured) => new(
            measured.MessagesPerSecond, measured.MessagesPerCpuSecond,
            measured.Talk.Acknowledged.Percentile(50), measured.Talk.Acknowledged.Percentile(99), measured.Talk.Delivered.Percentile(50), measured.Talk.Delivered.Percentile(99),
            measured.MemoryAfter / 1048576.0, measured.OwnCpu / measured.Time);

        public static Row Median(IReadOnlyList<Row> rows)
        {
            return new(Of(row => row.PerSecond), Of(row => row.PerCpuSecond), Of(row => row.AckP50), Of(row => row.AckP99), Of(row => row.DeliveredP50), Of(row => row.DeliveredP99), Of(row => row.MiB), Of(row => row.GeneratorCores));

            double Of(Func<Row, double> value) => rows.Select(value).Order().ElementAt(rows.Count / 2);
        }
    }
}
