using WebChat.Tests.Databases;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Actors.Journal.Faults.PowerCut;

/// <summary>
/// The power fails while events are written: whatever the disk was not told to keep may be gone, in part and out of order. Every
/// moment of a run may be the one, so one run gives many disks to look at.
/// </summary>
public sealed class PowerCutTests
{
    private const int Actors = 20;

    private readonly Random _random = new(7);

    [CompilerFact]
    public async Task Power_cuts_under_load_lose_double_and_reorder_nothing_that_was_acknowledged()
    {
        // Each run begins on a disk that the one before it left; the long ones last until the log is copied back beside the writer.
        var disk = new Dictionary<string, byte[]>();
        var acknowledged = new List<string>();
        for (var run = 1; run <= 10; run++)
        {
            var log = await Run(disk, "FULL", events: run % 5 == 0 ? 6_000 : 600);
            var cuts = log.Cuts(disk, count: 12, _random).ToList();
            foreach (var cut in cuts)
            {
                Assert.Empty(await FaultsOf(cut.Disk, [.. acknowledged, .. cut.Said]));
            }

            disk = cuts[^1].Disk;
            acknowledged.AddRange(cuts[^1].Said);
        }
    }

    [CompilerFact]
    public async Task Without_an_fsync_a_commit_power_cuts_lose_what_was_acknowledged_but_damage_nothing()
    {
        var log = await Run([], "NORMAL", events: 600);

        var faults = await Task.WhenAll(log.Cuts([], count: 20, _random).Select(cut => FaultsOf(cut.Disk, cut.Said)));

        Assert.All(faults.SelectMany(found => found), fault => Assert.EndsWith("were acknowledged.", fault));
        Assert.Contains(faults, found => found.Count > 0);
    }

    [CompilerFact]
    public async Task A_disk_that_lies_about_what_it_keeps_loses_what_was_acknowledged()
    {
        var log = await Run([], "FULL", events: 600);

        var faults = await Task.WhenAll(log.Cuts([], count: 20, _random, liesAboutSync: true).Select(cut => FaultsOf(cut.Disk, cut.Said)));

        Assert.Contains(faults, found => found.Count > 0);
    }

    /// <summary>Lets a process write to a database until it has told of so many events.</summary>
    private static async Task<DiskLog> Run(Dictionary<string, byte[]> disk, string synchronous, int events)
    {
        await using var database = new SqliteDatabase();
        await Put(disk, database);
        return await WatchedProcess.Run(database.File, events, "journal-writer", database.File, $"{Actors}", synchronous);
    }

    private static async Task<List<string>> FaultsOf(Dictionary<string, byte[]> disk, List<string> said)
    {
        await using var database = new SqliteDatabase();
        await Put(disk, database);
        try
        {
            return await JournalFaults.Find(database, said);
        }
        catch (Microsoft.Data.Sqlite.SqliteException unreadable)
        {
            return [unreadable.Message];
        }
    }

    private static async Task Put(Dictionary<string, byte[]> disk, SqliteDatabase database)
    {
        foreach (var (name, bytes) in disk)
        {
            await File.WriteAllBytesAsync(database.File + name, bytes);
        }
    }
}
