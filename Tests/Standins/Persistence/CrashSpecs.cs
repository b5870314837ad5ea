using System.Diagnostics;

namespace WebChat.Tests.Standins.Persistence;

/// <summary>A process that writes and ends without a chance to say goodbye.</summary>
public sealed class CrashSpecs
{
    private const int Actors = 20;

    [Fact]
    public async Task Fifty_kills_under_load_lose_double_and_reorder_nothing_that_was_acknowledged()
    {
        await using var database = new SqliteDatabase();
        var random = new Random(4);
        for (var round = 1; round <= 50; round++)
        {
            var acknowledged = await Load(database, [Environment.ProcessPath!, typeof(CrashSpecs).Assembly.Location], killAfter: random.Next(1, 400));

            await Check(database, acknowledged);
        }
    }

    [Fact]
    public async Task A_full_disk_fails_writes_and_loses_nothing_that_was_acknowledged()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var database = new SqliteDatabase();

        // 512 KiB for any file; the signal that would end the process is ignored, and the runtime kept from mapping files of its own.
        string[] limited = ["bash", "-c", "trap '' XFSZ; ulimit -f 512; DOTNET_EnableWriteXorExecute=0 exec \"$@\"", "limited", Environment.ProcessPath!, typeof(CrashSpecs).Assembly.Location];
        var acknowledged = await Load(database, limited, killAfter: int.MaxValue);
        Assert.Contains("failed", acknowledged.Keys);
        await Check(database, acknowledged);

        var later = await Load(database, [Environment.ProcessPath!, typeof(CrashSpecs).Assembly.Location], killAfter: 100);

        Assert.DoesNotContain("failed", later.Keys);
        await Check(database, later);
    }

    /// <summary>Lets a process write until it has told of so many events, or ends by itself; the last number told for each name.</summary>
    private static async Task<Dictionary<string, long>> Load(SqliteDatabase database, string[] command, int killAfter)
    {
        string[] line = [.. command, "journal-writer", database.File, Actors.ToString()];
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var told = new Dictionary<string, long>();
        var count = 0;
        while (await process.StandardOutput.ReadLineAsync() is { } text)
        {
            var fields = text.Split('|');
            told[fields[0]] = long.TryParse(fields[1], out var number) ? number : 0;
            if (++count == killAfter)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        Assert.True(count > 0, await errors);
        return told;
    }

    private static async Task Check(SqliteDatabase database, Dictionary<string, long> acknowledged)
    {
        var rows = await database.Query("SELECT persistence_id, sequence_number, cast(message AS text) FROM journal ORDER BY ordering");
        var events = rows.Select(row => row.Split('|')).ToLookup(fields => fields[0], fields => $"{fields[1]}|{fields[2]}");
        foreach (var written in events)
        {
            Assert.Equal(Enumerable.Range(1, written.Count()).Select(i => $"{i}|note {i}"), written);
            Assert.True(written.Key.StartsWith("single", StringComparison.Ordinal) || written.Count() % 3 == 0, $"{written.Key} has a part of three events.");
        }

        Assert.All(acknowledged.Where(told => told.Key != "failed"), told => Assert.InRange(events[told.Key].Count(), told.Value, long.MaxValue));
        Assert.Equal(["ok"], await database.Query("PRAGMA integrity_check"));
    }
}
