using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using WebChat.Actors;
using WebChat.Actors.Persistence;
using WebChat.Journal.V1;
using WebChat.Tests.Edge;

namespace WebChat.Bench.Journal;

/// <summary>How long the Edge takes from its start until it is ready, on an empty journal and on one of many events.</summary>
public static class StartBenchmark
{
    private const int Rooms = 10_000;
    private const int Repetitions = 7;

    /// <summary>Measures and prints a table.</summary>
    /// <param name="rows">How many events the journal has: most of them of rooms, a tenth of the room directory, which is read at the start.</param>
    /// <param name="output">Where to print.</param>
    public static async Task Run(int rows, TextWriter output)
    {
        using var empty = new JournalFolder();
        using var full = new JournalFolder();
        using (var database = new JournalDatabase(Options.Create(full.Storage)))
        {
            await database.StartAsync(default);
            full.Fill(rows - (rows / 10), Rooms, WriterActor.Event());
            FillDirectory(full, rows / 10);
        }

        await output.WriteLineAsync(Timings.Head);
        var (onEmpty, onFull) = (new List<double>(), new List<double>());
        for (var i = 0; i < Repetitions; i++)
        {
            onEmpty.Add(await Start(empty));
            onFull.Add(await Start(full));
        }

        await output.WriteLineAsync(Timings.Line("start on an empty journal", onEmpty));
        await output.WriteLineAsync(Timings.Line(string.Create(CultureInfo.InvariantCulture, $"start on a journal of {rows:N0} events, {full.Megabytes:N0} MB,"), onFull));
    }

    // Rooms that are opened and ended: without a snapshot, which is as bad as it gets.
    private static void FillDirectory(JournalFolder folder, int rows)
    {
        using var connection = folder.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = $$"""
            INSERT INTO journal(created,deleted,persistence_id,sequence_number,message,manifest,identifier,writer_uuid)
            VALUES ($created,0,$id,$number,$message,$manifest,{{JournalSerializer.Id}},'00000000000000000000000000000000')
            """;
        command.Parameters.AddWithValue("$created", DateTime.UtcNow.Ticks);
        command.Parameters.AddWithValue("$id", PersistenceIds.Directory);
        var number = command.Parameters.AddWithValue("$number", 0);
        var message = command.Parameters.AddWithValue("$message", Array.Empty<byte>());
        var manifest = command.Parameters.AddWithValue("$manifest", "");
        for (var i = 0; i < rows; i++)
        {
            var room = JournalFolder.Room(i / 2).Value;
            IMessage happened = i % 2 == 0 ? new Listed { RoomId = room } : new Unlisted { RoomId = room };
            (number.Value, message.Value, manifest.Value) = (i + 1, happened.ToByteArray(), Manifests.Of(happened.GetType()));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static async Task<double> Start(JournalFolder folder)
    {
        var began = Stopwatch.GetTimestamp();
        await using var edge = await EdgeProcess.StartAsync(("WebChat:ConnectionString", folder.ConnectionString));
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
