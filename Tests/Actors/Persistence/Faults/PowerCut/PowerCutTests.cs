using WebChat.Tests.Requires;

namespace WebChat.Tests.Actors.Persistence.Faults.PowerCut;

/// <summary>
/// The power fails while messages are written. Unsynced bytes may be lost, in part and out of order. Every moment of a run may be the
/// one, so one run gives many disks to check.
/// </summary>
public sealed class PowerCutTests
{
    private readonly Random _random = new(7);

    [CompilerFact]
    public async Task Power_cuts_under_load_lose_double_and_reorder_no_acknowledged_message()
    {
        // Each run begins on a disk that the run before it left. The last run is long enough for a checkpoint under load.
        var (disk, acknowledged) = (new Dictionary<string, byte[]>(), new int[Talk.Lanes]);
        foreach (var messages in (int[])[300, 300, 3_000])
        {
            var log = await Run(disk, acknowledged, messages);
            var before = acknowledged;
            foreach (var cut in log.Cuts(disk, count: 12, _random))
            {
                (disk, acknowledged) = (cut.Disk, TalkCheck.Acknowledged(cut.Said, before));
                Assert.Empty(await FaultsOf(disk, acknowledged));
            }
        }
    }

    [CompilerFact]
    public async Task A_disk_that_lies_about_fsync_loses_acknowledged_messages()
    {
        var log = await Run([], new int[Talk.Lanes], messages: 300);
        var faults = new List<string>();

        foreach (var cut in log.Cuts([], count: 6, _random, liesAboutSync: true))
            faults.AddRange(await FaultsOf(cut.Disk, TalkCheck.Acknowledged(cut.Said)));

        Assert.NotEmpty(faults);
    }

    /// <summary>Runs a talking process until a number of messages are acknowledged.</summary>
    private static async Task<DiskLog> Run(Dictionary<string, byte[]> disk, int[] acknowledged, int messages)
    {
        var directory = await Put(disk);
        var log = await WatchedProcess.Run(Path.Combine(directory.FullName, "webchat.db"), messages, "talk", directory.FullName, string.Join(',', acknowledged));
        directory.Delete(recursive: true);
        return log;
    }

    private static async Task<List<string>> FaultsOf(Dictionary<string, byte[]> disk, int[] acknowledged)
    {
        var directory = await Put(disk);
        var faults = await TalkCheck.FaultsIn(directory.FullName, acknowledged);
        directory.Delete(recursive: true);
        return faults;
    }

    private static async Task<DirectoryInfo> Put(Dictionary<string, byte[]> disk)
    {
        var directory = Directory.CreateTempSubdirectory("webchat-power-");
        foreach (var (name, bytes) in disk)
            await File.WriteAllBytesAsync(Path.Combine(directory.FullName, $"webchat.db{name}"), bytes);
        return directory;
    }
}
