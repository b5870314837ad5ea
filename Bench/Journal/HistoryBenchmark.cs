using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;

namespace WebChat.Bench.Journal;

/// <summary>How long a page of a room's history takes to read, at any depth, out of a table of many rows.</summary>
public static class HistoryBenchmark
{
    private const int Rooms = 200;
    private const int Pages = 1_000;
    private const int PageSize = 50;

    /// <summary>Measures and prints a table.</summary>
    /// <param name="rows">How many rows the journal has.</param>
    /// <param name="output">Where to print.</param>
    public static async Task Run(int rows, TextWriter output)
    {
        using var folder = new JournalFolder();
        IMessage message;
        using (var before = new JournalDatabase(Options.Create(folder.Storage)))
        {
            await before.StartAsync(default);
            message = Cipher(before).Encrypt(WriterActor.Event(), _ => new UserId("user"));
        }

        folder.Fill(rows, Rooms, message);
        using var database = new JournalDatabase(Options.Create(folder.Storage));
        await database.StartAsync(default);
        var history = new RoomHistory(database, Cipher(database));

        await output.WriteLineAsync(Timings.Head);
        // The first pages are the runtime's and SQLite's warming up.
        await Read(history, rows, pages: 50, seed: 1);
        var what = string.Create(CultureInfo.InvariantCulture, $"a page of {PageSize} anywhere in {rows:N0} rows, {folder.Megabytes:N0} MB,");
        folder.ForgetCached();
        await output.WriteLineAsync(Timings.Line($"{what} mostly from the disk", await Read(history, rows, pages: 200, seed: 2)));
        await Read(history, rows, Pages, seed: 3);
        await output.WriteLineAsync(Timings.Line($"{what} from memory", await Read(history, rows, Pages, seed: 3)));
    }

    private static PersonalDataCipher Cipher(JournalDatabase database) => new(new PersonKeys(new PersonKeyTable(database), new SqliteLog(database)));

    private static async Task<List<double>> Read(RoomHistory history, int rows, int pages, int seed)
    {
        var random = new Random(seed);
        var times = new List<double>();
        for (var i = 0; i < pages; i++)
        {
            var room = JournalFolder.Room(random.Next(Rooms));
            var before = random.Next(PageSize + 1, (rows / Rooms) + 1);
            var began = Stopwatch.GetTimestamp();
            var page = await history.ListMessages(room, before, PageSize, new MemberId("nobody"), CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (page.Messages.Count != PageSize || page.Messages[0].Seq != before - 1 || page.Messages[0].Text.Length == 0)
                throw new InvalidOperationException($"The page before {before} has {page.Messages.Count} messages.");
        }

        return times;
    }
}
