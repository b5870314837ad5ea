using System.Diagnostics;
using System.Globalization;

namespace WebChat.Tests.Actors.Simulation;

/// <summary>Random schedules of the whole actor system; see <see cref="Simulation"/>.</summary>
public sealed class SimulationTests
{
    private const int MostFaults = 10;

    /// <summary>How many schedules; <c>WEBCHAT_SCHEDULES</c> sets another number.</summary>
    private static readonly int Schedules = int.Parse(Environment.GetEnvironmentVariable("WEBCHAT_SCHEDULES") ?? "60", CultureInfo.InvariantCulture);

    /// <summary>The first seed; <c>WEBCHAT_SEED</c> sets another one, and runs it alone.</summary>
    private static readonly string? Seed = Environment.GetEnvironmentVariable("WEBCHAT_SEED");

    [Fact]
    public async Task Crashes_and_disk_faults_at_any_moment_break_no_promise()
    {
        // Two processes, since each has one thread.
        var runs = Seed is null
            ? await Task.WhenAll(Run(1, Schedules / 2), Run(1 + (Schedules / 2), Schedules - (Schedules / 2)))
            : [await Run(int.Parse(Seed, CultureInfo.InvariantCulture), 1, traces: true)];

        Assert.All(runs, said => Assert.True(said[^1] == "all is well", string.Join('\n', said)));
    }

    [Fact]
    public async Task A_seed_gives_the_same_schedule_in_every_process()
    {
        var runs = await Task.WhenAll(Run(1, 4, traces: true), Run(1, 4, traces: true));

        Assert.Equal(runs[0], runs[1]);
    }

    [Fact]
    public async Task A_disk_that_loses_acknowledged_writes_is_a_fault_of_each_schedule()
    {
        var said = await Run(1, 3, isLossy: true);

        Assert.Equal(["WEBCHAT_SEED=1", "WEBCHAT_SEED=2", "WEBCHAT_SEED=3"], said.Select(line => line.Split(' ')[0]).Where(word => word.StartsWith("WEBCHAT_SEED", StringComparison.Ordinal)));
    }

    /// <summary>A process of this assembly that runs schedules, and tells of each that has a fault.</summary>
    public static async Task<int> Simulate(int first, int count, bool traces, bool isLossy)
    {
        ThreadPool.SetMinThreads(1, 1);
        if (!ThreadPool.SetMaxThreads(1, 1))
            throw new InvalidOperationException("The thread pool does not take a limit of one thread.");
        var faults = 0;
        for (var seed = first; seed < first + count && faults < MostFaults; seed++)
        {
            var current = seed;
            var outcome = await Task.Run(() => Simulation.Run(current, traces, isLossy));
            foreach (var line in outcome.Trace)
                Console.WriteLine(line);
            if (outcome.Fault is null)
                continue;
            faults++;
            Console.WriteLine($"WEBCHAT_SEED={seed} repeats this: {outcome.Fault}");
        }

        if (faults == 0)
            Console.WriteLine("all is well");
        return faults;
    }

    private static async Task<string[]> Run(int first, int count, bool traces = false, bool isLossy = false)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, [typeof(SimulationTests).Assembly.Location, "simulate", $"{first}", $"{count}", $"{traces}", $"{isLossy}"])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries), .. (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
