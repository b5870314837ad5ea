using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Journal.V1;

namespace WebChat.Bench.Journal;

/// <summary>How long an actor with many events takes to come back, with and without a snapshot.</summary>
public static class RecoveryBenchmark
{
    private const string PersistenceId = "room-recovered";
    private const int Repetitions = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Measures and prints a table.</summary>
    /// <param name="events">How many events the actor has.</param>
    /// <param name="output">Where to print.</param>
    public static async Task Run(int events, TextWriter output)
    {
        using var folder = new JournalFolder();
        await output.WriteLineAsync(Timings.Head);
        await Write(folder, events / 2);
        await Write(folder, events - (events / 2));
        await output.WriteLineAsync(await Recover(folder, events, "without a snapshot"));

        // The oldest that the snapshot of an actor with a small state is in production.
        const int Since = 1_000;
        using var snapshot = new JournalFolder();
        await Write(snapshot, events - Since);
        await SaveSnapshot(snapshot);
        await Write(snapshot, Since);
        await output.WriteLineAsync(await Recover(snapshot, events, string.Create(CultureInfo.InvariantCulture, $"with a snapshot of all but the last {Since:N0}")));

        await SaveSnapshot(folder);
        await output.WriteLineAsync(await Recover(folder, events, "with a snapshot of all"));
    }

    private static Task Write(JournalFolder folder, int events) => With(folder, async actor =>
    {
        for (var left = events; left > 0; left -= 1_000)
            await actor.Ask<long>(Math.Min(left, 1_000), Patience);
    });

    private static Task SaveSnapshot(JournalFolder folder) => With(folder, actor => actor.Ask<long>(new RoomSnapshot(), Patience));

    private static async Task With(JournalFolder folder, Func<IActorRef, Task> act)
    {
        using var host = folder.Start();
        await act(host.Services.GetRequiredService<ActorSystem>().ActorOf(Props.Create(() => new WriterActor(PersistenceId))));
        await host.StopAsync();
    }

    private static async Task<string> Recover(JournalFolder folder, int events, string how)
    {
        using var host = folder.Start();
        var system = host.Services.GetRequiredService<ActorSystem>();
        var times = new List<double>();
        for (var i = 0; i <= Repetitions; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var actor = system.ActorOf(Props.Create(() => new WriterActor(PersistenceId)));
            var highest = await actor.Ask<long>("recovered?", Patience);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (highest != events)
                throw new InvalidOperationException($"{highest} events were recovered, not {events}.");
            await actor.GracefulStop(Patience);
        }

        await host.StopAsync();
        // The first one is the runtime's warming up.
        return Timings.Line(string.Create(CultureInfo.InvariantCulture, $"recovery of {events:N0} events {how}"), times.Skip(1));
    }
}
