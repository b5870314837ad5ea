using System.Diagnostics;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Standins.Persistence.PowerCut;

/// <summary>
/// The power fails while events are written: whatever the disk was not told to keep may be gone, in part and out of order. Every
/// moment of a run may be the one, so one run gives many disks to look at.
/// </summary>
public sealed class PowerCutSpecs : IDisposable
{
    private const int Actors = 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("webchat-powercut-");
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
            var cuts = Cuts(log, disk, count: 12).ToList();
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

        var faults = await Task.WhenAll(Cuts(log, [], count: 20).Select(cut => FaultsOf(cut.Disk, cut.Said)));

        Assert.All(faults.SelectMany(found => found), fault => Assert.EndsWith("were acknowledged.", fault));
        Assert.Contains(faults, found => found.Count > 0);
    }

    [CompilerFact]
    public async Task A_disk_that_lies_about_what_it_keeps_loses_what_was_acknowledged()
    {
        var log = await Run([], "FULL", events: 600);

        var faults = await Task.WhenAll(Cuts(log, [], count: 20, liesAboutSync: true).Select(cut => FaultsOf(cut.Disk, cut.Said)));

        Assert.Contains(faults, found => found.Count > 0);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Lets a process write to a database until it has told of so many events, and kills it.</summary>
    private async Task<DiskLog> Run(Dictionary<string, byte[]> disk, string synchronous, int events)
    {
        await using var database = new SqliteDatabase();
        await Put(disk, database);
        var log = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(PowerCutSpecs).Assembly.Location, "journal-writer", database.File, $"{Actors}", synchronous])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["LD_PRELOAD"] = await Compiled(),
                ["POWERCUT_DATABASE"] = database.File,
                ["POWERCUT_LOG"] = log,
            },
        };
        using var process = Process.Start(start)!;
        for (var told = 0; await process.StandardOutput.ReadLineAsync() is { } line; told++)
        {
            Assert.DoesNotContain("failed", line);
            if (told == events)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        return DiskLog.Read(log);
    }

    /// <summary>Disks that power cuts leave, and what had been said by then, in the order of the moments.</summary>
    private IEnumerable<(Dictionary<string, byte[]> Disk, List<string> Said)> Cuts(DiskLog log, Dictionary<string, byte[]> before, int count, bool liesAboutSync = false)
    {
        var main = log.Records.First(step => step is { Kind: DiskLog.RecordKind.Opened, Bytes.IsEmpty: true }).File;

        // A third of the moments are those right after something was acknowledged, a third those when the log is copied back, the others any.
        var said = MomentsOf(step => step.Kind == DiskLog.RecordKind.Said);
        var copied = MomentsOf(step => step.Kind == DiskLog.RecordKind.Written && step.File == main);
        var moments = Enumerable.Range(0, count).Select(i => (i % 3) switch
        {
            0 => said[_random.Next(said.Count)],
            1 => copied[_random.Next(copied.Count)],
            _ => _random.Next(log.Records.Count),
        }).ToHashSet();
        var disk = new Disk(before, liesAboutSync);
        for (var i = 0; i < log.Records.Count; i++)
        {
            disk.Follow(log.Records[i]);
            if (moments.Contains(i))
            {
                double[] luck = [0, 0.1, 0.5, 0.9, 1];
                yield return (disk.Cut(_random, luck[_random.Next(luck.Length)], _random.Next(2) == 0 ? 512 : 4096), [.. disk.Said]);
            }
        }

        List<int> MomentsOf(Func<DiskLog.Record, bool> fits) => [.. Enumerable.Range(0, log.Records.Count).Where(i => fits(log.Records[i]))];
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

    private async Task<string> Compiled()
    {
        var library = Path.Combine(_folder.FullName, "powercut.so");
        if (!File.Exists(library))
        {
            var source = Path.Combine(Repository.Root, "Tests", "Standins", "Persistence", "PowerCut", "powercut.c");
            using var compiler = Process.Start(Programs.Compiler!, ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library, source, "-ldl"]);
            await compiler.WaitForExitAsync();
            Assert.Equal(0, compiler.ExitCode);
        }

        return library;
    }
}
