using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using WebChat.Actors.Journal;
using WebChat.Actors.Journal.Sealing;
using WebChat.Actors.Options;
using WebChat.Actors.Users;
using WebChat.Bench.Journal;
using WebChat.Journal.V1;

namespace WebChat.Bench.Sealing;

/// <summary>What it costs to seal a message on its way to the journal, and to open it on its way back, on one core.</summary>
public static class SealingBenchmark
{
    private const int Persons = 1_000;
    private const int Messages = 500_000;
    private const int Rounds = 5;

    /// <summary>Measures and prints a table.</summary>
    public static async Task Run(TextWriter output)
    {
        using var folder = new JournalFolder();
        using var database = new JournalDatabase(Options.Create(new StorageOptions { DataDirectory = folder.Path }));
        await database.StartAsync(default);
        var sealer = new Sealer(new PersonKeys(new PersonKeyTable(database), new SqliteLog(database)));
        var persons = Enumerable.Range(0, Persons).Select(i => new UserId($"{i:x32}")).ToArray();
        var message = WriterActor.Event();
        var sealedOnes = persons.Select(person => sealer.Seal(message, _ => person).ToByteArray()).ToArray();

        output.WriteLine("| | written in clear | sealed | read in clear | opened |");
        output.WriteLine("|---|--:|--:|--:|--:|");
        for (var round = 1; round <= Rounds; round++)
        {
            var clear = Time(_ => message.ToByteArray());
            var closed = Time(i => sealer.Seal(message, _ => persons[i % Persons]).ToByteArray());
            var bytes = message.ToByteArray();
            var read = Time(_ => MessagePosted.Parser.ParseFrom(bytes));
            var opened = Time(i =>
            {
                var posted = MessagePosted.Parser.ParseFrom(sealedOnes[i % Persons]);
                sealer.Open(posted);
                return posted;
            });
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| round {round} | {clear:F2} µs | {closed:F2} µs | {read:F2} µs | {opened:F2} µs |"));
        }
    }

    private static double Time(Func<int, object> work)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < Messages; i++)
            GC.KeepAlive(work(i));
        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / Messages;
    }
}
