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
    private const int RoomsOfHistory = 200;
    private const int Repetitions = 15;
    private const int Pages = 400;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Measures and prints tables. Takes some minutes at the most; filling a table of ten million rows takes longer.</summary>
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
        await output.WriteLineAsync("| | p50 | slowest |");
        await output.WriteLineAsync("|---|--:|--:|");
        await MeasureRecovery(options, output);
        await MeasureHistory(options, output);
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

    private static async Task MeasureRecovery(JournalOptions options, TextWriter output)
    {
        using var folder = new JournalFolder();
        var system = folder.Start();
        var writer = system.ActorOf(Props.Create(() => new WriterActor("room-recovered")));
        for (var left = options.Recovered; left > 0; left -= 1_000)
            await writer.Ask<long>(Math.Min(left, 1_000), Patience);
        await system.Terminate();
        await Row("without a snapshot");

        system = folder.Start();
        await system.ActorOf(Props.Create(() => new WriterActor("room-recovered"))).Ask<long>(new RoomSnapshot(), Patience);
        await system.Terminate();
        await Row("with a snapshot of all");

        async Task Row(string how)
        {
            var recovering = folder.Start();
            var times = new List<double>();
            for (var i = 0; i < Repetitions; i++)
            {
                var began = Stopwatch.GetTimestamp();
                var actor = recovering.ActorOf(Props.Create(() => new WriterActor("room-recovered")));
                var highest = await actor.Ask<long>("recovered?", Patience);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (highest != options.Recovered)
                    throw new InvalidOperationException($"{highest} events were recovered, not {options.Recovered}.");
                await actor.GracefulStop(Patience);
            }

            await recovering.Terminate();
            await output.WriteLineAsync(Line($"recovery of {options.Recovered:N0} events {how}", times));
        }
    }

    private static async Task MeasureHistory(JournalOptions options, TextWriter output)
    {
        using var folder = new JournalFolder();
        var system = folder.Start();
        await system.ActorOf(Props.Create(() => new WriterActor("room-first"))).Ask<long>("ready?", Patience);
        await system.Terminate();
        Fill(folder, options.Rows);

        using var database = new JournalDatabase(Options.Create(new StorageOptions { DataDirectory = folder.Path }));
        var history = new RoomHistory(database, new Sealer(new PersonKeys(new PersonKeyTable(database))));
        var random = new Random(42);
        var times = new List<double>();
        for (var i = 0; i < Pages; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var room = new RoomId(Room(random.Next(RoomsOfHistory)));
            var before = random.Next(Math.Min(51, options.Rows / RoomsOfHistory), (options.Rows / RoomsOfHistory) + 1);
            var page = await history.ListMessages(room, before, 50, new MemberId("nobody"), CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (page.Messages.Count != Math.Min(50, before - 1))
                throw new InvalidOperationException($"The page has {page.Messages.Count} messages.");
        }

        await output.WriteLineAsync(Line($"history: 50 messages anywhere in a room, {options.Rows:N0} rows in the table", times));
    }

    /// <summary>Fills the table with messages of all rooms in turn, as they come when all talk at once.</summary>
    private static void Fill(JournalFolder folder, int rows)
    {
        using var connection = folder.Open();
        Execute(connection, "PRAGMA synchronous = OFF");
        Execute(connection, "PRAGMA cache_size = -65536");
        using var command = Insert(connection);
        var message = WriterActor.Event().ToByteArray();
        var rooms = Enumerable.Range(0, RoomsOfHistory).Select(i => PersistenceIds.Room(new RoomId(Room(i)))).ToArray();
        for (var i = 0; i < rows;)
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            for (var end = Math.Min(rows, i + 10_000); i < end; i++)
                Insert(command, rooms[i % RoomsOfHistory], (i / RoomsOfHistory) + 1, message);
            transaction.Commit();
        }
    }

    private static string Room(int number) => number.ToString("x26", CultureInfo.InvariantCulture);

    private static SqliteCommand Insert(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO journal(created,deleted,persistence_id,sequence_number,message,manifest,identifier,writer_uuid)
            VALUES ($created,0,$id,$number,$message,$manifest,104,'00000000000000000000000000000000')
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

    private static string Line(string what, List<double> times)
    {
        // The first one is the runtime's warming up.
        times.RemoveAt(0);
        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"| {what} | {times[times.Count / 2]:F2} ms | {times[^1]:F2} ms |");
    }
}
