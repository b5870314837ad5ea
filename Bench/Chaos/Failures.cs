using System.Diagnostics;
using WebChat.Bench.Load;
using WebChat.Clients;

namespace WebChat.Bench.Chaos;

/// <summary>The failures, one after the other, each of a random kind and length.</summary>
internal sealed class Failures(ChaosMachine machine, IReadOnlyList<Talker> talkers, Random random)
{
    /// <summary>How long the members may take to come back when all failures have ended: twice the longest back-off of an entity.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);

    private const int SlowReaders = 5;

    private readonly SortedDictionary<string, int> _counts = [];

    /// <summary>How many failures of each kind there were.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>From a kill until a message is acknowledged again.</summary>
    public Latencies UntilBack { get; } = new();

    /// <summary>Lets things fail for a time.</summary>
    public async Task<bool> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        (string Name, Func<Task> Run)[] kinds =
        [
            ("kills", KillAsync),
            ("stops", () => machine.StopAsync(Seconds(1, 12))),
            ("locks of the database", () => machine.LockDatabaseAsync(Seconds(1, 10))),
            ("full disks", () => machine.FillDiskAsync(Seconds(1, 8))),
            .. machine.CanTurnClock ? new (string, Func<Task>)[] { ("clock steps", () => machine.TurnClockAsync(random.Next(-20, 3_600), Seconds(1, 10))) } : [],
            ("cut connections", CutAsync),
            ("slow readers", ReadSlowlyAsync),
        ];
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < duration && !cancellationToken.IsCancellationRequested;)
        {
            await Task.Delay(Seconds(1, 6), cancellationToken);
            var (name, run) = kinds[random.Next(kinds.Length)];
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
            await run();
            machine.MeasureMemory();
        }

        return true;
    }

    private TimeSpan Seconds(int least, int most) => TimeSpan.FromMilliseconds(random.Next(least * 1_000, most * 1_000));

    private async Task KillAsync()
    {
        var began = Stopwatch.GetTimestamp();
        await machine.RestartAsync();
        await Task.WhenAny(talkers.Select(talker => talker.NextAcknowledgementAsync()));
        UntilBack.Record(Stopwatch.GetElapsedTime(began));
    }

    private async Task CutAsync()
    {
        foreach (var talker in talkers.Where(_ => random.Next(2) == 0))
            await talker.Member.CutAsync();
    }

    // Further sessions of members, which ask for all history and read none of it.
    private async Task ReadSlowlyAsync()
    {
        var readers = new List<SlowReader>();
        foreach (var talker in talkers.OrderBy(_ => random.Next()).Take(SlowReaders))
            readers.Add(await SlowReader.OpenAsync(talker.Member));
        await Task.Delay(Seconds(2, 10));
        foreach (var reader in readers)
            reader.Dispose();
    }
}
