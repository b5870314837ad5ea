using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using WebChat.Bench.Load;
using WebChat.Clients;

namespace WebChat.Bench.Chaos;

/// <summary><c>chaos</c>: pairs talk while the server, its machine and their connections fail.</summary>
internal static class ChaosCommand
{
    private static readonly Option<double> Minutes = LoadCommand.Seconds("--minutes", 10, "Minutes of failures");
    private static readonly Option<int> Pairs = LoadCommand.Number("--pairs", 20, 1, 1_000, "Pairs that talk");
    private static readonly Option<int?> Seed = new("--seed") { Description = "Repeats the failures of another run, in their order and length" };

    public static Command Create()
    {
        var command = new Command("chaos", "Let pairs talk while the server is killed, stopped, locked out and misled; exit code 1 unless each acknowledged message is there once and in order") { Minutes, Pairs, Seed };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var seed = options.GetValue(Seed) ?? Random.Shared.Next();
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"));
        await using var machine = await Live.WorkAsync("Starting a server", ChaosMachine.StartAsync);
        var members = await Live.WorkAsync("Connecting", () => machine.Server.ConnectPairsAsync(options.GetValue(Pairs), ChatTransport.Binary));
        var talkers = members.Select(member => new Talker(member)).ToList();
        var failures = new Failures(machine, talkers, new(seed));

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var talk = Task.WhenAll(talkers.Select(talker => talker.TalkAsync(end.Token)));
        var duration = TimeSpan.FromMinutes(options.GetValue(Minutes));
        await Live.WorkAsync("Failing", () => failures.RunAsync(duration, cancellationToken));
        var faults = new List<string>();
        try
        {
            // Each member sends one more message that is acknowledged: the server has come back for all of them.
            await Task.WhenAll(talkers.Select(talker => talker.NextAcknowledgementAsync())).WaitAsync(Failures.Recovery, cancellationToken);
        }
        catch (TimeoutException)
        {
            faults.Add($"After {Failures.Recovery} without failures, {talkers.Count(talker => !talker.IsAnswered)} members have no acknowledgement.");
        }

        await end.CancelAsync();
        await talk;
        faults.AddRange(talkers.SelectMany(talker => talker.Faults));
        faults.AddRange(await Live.WorkAsync("Reading back", () => Verification.RunAsync(members, talkers.SelectMany(talker => talker.Acknowledged))));
        faults.AddRange(machine.CheckDatabase());
        foreach (var fault in faults)
            await Console.Error.WriteLineAsync(fault);
        Report(talkers, failures, machine, faults.Count).Print();
        return faults.Count == 0 ? 0 : 1;
    }

    private static LoadResult Report(IReadOnlyList<Talker> talkers, Failures failures, ChaosMachine machine, int faults) => new(
        $"{talkers.Count} members in pairs, binary",
        [
            .. failures.Counts.Select(failure => (failure.Key, (double)failure.Value)),
            ("messages acknowledged", talkers.Sum(talker => talker.Acknowledged.Count)),
            ("messages sent again", talkers.Sum(talker => talker.Retries)),
            ("refusals", talkers.Sum(talker => talker.Refusals)),
            ("sessions resumed", talkers.Sum(talker => talker.Reconnects)),
            ("most server MiB", machine.MostMemory / 1048576.0),
            ("faults", faults),
        ],
        [("acknowledged", Talker.UntilAcknowledged), ("back after a kill", failures.UntilBack)],
        []);
}
