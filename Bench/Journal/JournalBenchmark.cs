using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using WebChat.Actors;
using WebChat.Actors.Journal;
using WebChat.Actors.Journal.Sealing;
using WebChat.Actors.Options;
using WebChat.Actors.Rooms;
using WebChat.Journal.V1;

namespace WebChat.Bench.Journal;

/// <summary>
/// What an acknowledged event costs: actors that await each event's acknowledgement before the next, beside a plain loop that inserts
/// one row a commit into the same database with the same settings, right before and right after; then recovery, and history.
/// </summary>
public static class JournalBenchmark
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Measures and prints tables. Takes some minutes at the most.</summary>
    public static async Task Run(JournalOptions options, TextWriter output)
    {
        await output.WriteLineAsync("| synchronous | actors | events/s | p50 | p99 | CPU/event | plain loop | ratio |");
        await output.WriteLineAsync("|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var synchronous in new[] { "FULL", "NORMAL" })
        {
            // The journal knows no setting for less than FULL; this is for measuring what the disk costs.
            AppContext.SetData("Akka.Persistence.Sql.SqliteSynchronous", synchronous);
            foreach (var actors in options.Actors)
                await output.WriteLineAsync(await MeasureWriting(options, synchronous, actors));
        }

        AppContext.SetData("Akka.Persistence.Sql.SqliteSynchronous", null);
        await output.WriteLineAsync();
        await RecoveryBenchmark.Run(options.Recovered, output);
        await output.WriteLineAsync();
        await HistoryBenchmark.Run(options.Rows, output);
    }

    private static async Task<string> MeasureWriting(JournalOptions options, string synchronous, int actors)
    {
        using var folder = new JournalFolder();
        var system = folder.Start();
        var writers = Enumerable.Range(0, actors).Select(i => system.ActorOf(Props.Create(() => new WriterActor($"room-{i:x26}")))).ToList();
        await Task.WhenAll(writers.Select(writer => writer.Ask<long>("ready?", Patience)));
        var plain = PlainLoop(folder, synchronous, actors);

        var writing = new Writing(actors, WarmUp, options.Time);
        foreach (var writer in writers)
            writer.Tell(writing);
        await Task.Delay(WarmUp);
        var cpu = Environment.CpuUsage.TotalTime;
        await Task.Delay(options.Time);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        await writing.AllDone.WaitAsync(Patience);

        plain = (plain + PlainLoop(folder, synchronous, actors)) / 2;
        await system.Terminate();

        var latencies = writing.Latencies;
        latencies.Sort();
        var perSecond = latencies.Count / options.Time.TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture,
            $"| {synchronous} | {actors:N0} | {perSecond:N0} | {latencies[latencies.Count / 2] / 1000:F2} ms | {latencies[latencies.Count * 99 / 100] / 1000:F2} ms | {cpu.TotalMicroseconds / latencies.Count:F1} µs | {plain:N0}/s | {perSecond / plain:F1} |");
    }

    /// <summary>Rows a second of a loop that inserts one row a commit, for as many ids as there are actors.</summary>
    private static double PlainLoop(JournalFolder folder, string synchronous, int ids)
    {
        using var connection = folder.Open();
        // As the journal has it.
        Execute(connection, $"PRAGMA synchronous = {synchronous}");
        Execute(connection, "PRAGMA cache_size = -16384");
        Execute(connection, "PRAGMA wal_autocheckpoint = 4096");
        using var command = Insert(connection);
        var numbers = new long[ids];
        var run = Guid.NewGuid().ToString("N")[..8];
        var message = WriterActor.Event().ToByteArray();
        RowsPerSecond();
        return RowsPerSecond();

        double RowsPerSecond()
        {
            var rows = 0;
            var clock = Stopwatch.StartNew();
            for (; clock.Elapsed < WarmUp; rows++)
                Insert(command, $"plain-{run}-{rows % ids:x16}", ++numbers[rows % ids], message);
            return rows / clock.Elapsed.TotalSeconds;
        }
    }

    private static SqliteCommand Insert(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = $$"""
            INSERT INTO journal(created,deleted,persistence_id,sequence_number,message,manifest,identifier,writer_uuid)
            VALUES ($created,0,$id,$number,$message,$manifest,{{RecordSerializer.Id}},'00000000000000000000000000000000')
            """;
        command.Parameters.AddWithValue("$created", DateTime.UtcNow.Ticks);
        command.Parameters.Add("$id", SqliteType.Text);
        command.Parameters.Add("$number", SqliteType.Integer);
        command.Parameters.Add("$message", SqliteType.Blob);
        command.Parameters.AddWithValue("$manifest", Records.MessagePostedManifest);
        command.Prepare();
        return command;
    }

    private static void Insert(SqliteCommand command, string persistenceId, long number, byte[] message)
    {
        command.Parameters[1].Value = persistenceId;
        command.Parameters[2].Value = number;
        command.Parameters[3].Value = message;
        command.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
