using System.Diagnostics;
using WebChat.Tests.Databases;

namespace WebChat.Tests.Actors.Journal.Faults;

/// <summary>A process that writes and ends without a chance to say goodbye.</summary>
public sealed class JournalKillTests
{
    private const int Actors = 20;

    [Fact]
    public async Task Fifty_kills_under_load_lose_double_and_reorder_nothing_that_was_acknowledged()
    {
        await using var database = new SqliteDatabase();
        var random = new Random(4);
        for (var round = 1; round <= 50; round++)
        {
            var told = await Load(database, [Environment.ProcessPath!, typeof(JournalKillTests).Assembly.Location], killAfter: random.Next(1, 400));

            Assert.Empty(await JournalFaults.Find(database, told));
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
        string[] limited = ["bash", "-c", "trap '' XFSZ; ulimit -f 512; DOTNET_EnableWriteXorExecute=0 exec \"$@\"", "limited", Environment.ProcessPath!, typeof(JournalKillTests).Assembly.Location];
        var told = await Load(database, limited, killAfter: int.MaxValue);
        Assert.Contains(told, line => line.StartsWith("failed", StringComparison.Ordinal));
        Assert.Empty(await JournalFaults.Find(database, told));

        var later = await Load(database, [Environment.ProcessPath!, typeof(JournalKillTests).Assembly.Location], killAfter: 100);

        Assert.DoesNotContain(later, line => line.StartsWith("failed", StringComparison.Ordinal));
        Assert.Empty(await JournalFaults.Find(database, later));
    }

    /// <summary>Lets a process write until it has told of so many events, or ends by itself; what it told.</summary>
    private static async Task<List<string>> Load(SqliteDatabase database, string[] command, int killAfter)
    {
        string[] line = [.. command, "journal-writer", database.File, Actors.ToString()];
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var told = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } text)
        {
            told.Add(text);
            if (told.Count == killAfter)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        Assert.True(told.Count > 0, await errors);
        return told;
    }
}
