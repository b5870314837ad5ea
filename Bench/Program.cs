using System.CommandLine;
using Spectre.Console;
using WebChat.Bench.Chaos;
using WebChat.Bench.Compare;
using WebChat.Bench.Encryption;
using WebChat.Bench.Fuzz;
using WebChat.Bench.Journal;
using WebChat.Bench.Load;
using WebChat.Bench.Matching;
using WebChat.Bench.Rooms;
using WebChat.Clients;

// Without a terminal there is no width to keep to.
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = 200;

var commands = new RootCommand("Load and benchmarks of WebChat")
{
    LoadCommand.Create(),
    CompareCommand.Create(),
    TargetsCommand.Create(),
    RoomCommand.Create(),
    FuzzCommand.Create(),
    ChaosCommand.Create(),
    Benchmark("matching", "Measure what an arrival costs the matcher", _ =>
    {
        MatchBenchmark.Run(Console.Out);
        return Task.FromResult(0);
    }),
    Benchmark("encryption", "Measure what it costs to encrypt and decrypt a message", async _ =>
    {
        await EncryptionBenchmark.Run(Console.Out);
        return 0;
    }),
    Benchmark("journal", "Measure the journal: [--seconds N] [--actors N] [--rows N] [--recovered N], or history, recovery or start and a number of rows", result => JournalAsync([.. result.UnmatchedTokens])),
};
try
{
    return await commands.Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception ex) when (ex is HttpRequestException or ApiException or ConnectionLostException or ArgumentException or InvalidOperationException or OperationCanceledException)
{
    // A server that cannot be reached, started or measured, or Ctrl-C. Any other exception is a bug.
    Console.Error.WriteLine(ex.Message);
    return 1;
}

static Command Benchmark(string name, string description, Func<ParseResult, Task<int>> run)
{
    var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = name != "journal" };
    command.SetAction((result, _) => run(result));
    return command;
}

static async Task<int> JournalAsync(string[] args)
{
    if (args is ["history" or "recovery" or "start", var number] && int.TryParse(number, out var size) && size >= 10_000)
    {
        await (args[0] switch
        {
            "history" => HistoryBenchmark.Run(size, Console.Out),
            "recovery" => RecoveryBenchmark.Run(size, Console.Out),
            _ => StartBenchmark.Run(size, Console.Out),
        });
        return 0;
    }

    if (!JournalOptions.TryParse(args, out var options, out var why))
    {
        Console.Error.WriteLine(why);
        return 2;
    }

    await JournalBenchmark.Run(options, Console.Out);
    return 0;
}
