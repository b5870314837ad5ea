using System.Diagnostics;
using System.Globalization;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Actors.Persistence.Faults;

/// <summary>A writing process is killed at any moment, or its disk is full.</summary>
public sealed class KillTests
{
    /// <summary>How often the process is killed; <c>WEBCHAT_KILLS</c> sets another number.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("WEBCHAT_KILLS") ?? "6", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Kills_under_load_lose_double_and_reorder_no_acknowledged_message()
    {
        var directory = Directory.CreateTempSubdirectory("webchat-kill-");
        var acknowledged = new int[Talk.Lanes];
        var random = new Random(4);
        for (var round = 1; round <= Kills; round++)
        {
            var kill = random.Next(1, 400);
            var said = await Run(directory.FullName, acknowledged, [], (count, _) => count == kill);

            acknowledged = TalkCheck.Acknowledged(said, acknowledged);
        }

        Assert.Empty(await TalkCheck.FaultsIn(directory.FullName, acknowledged));
        directory.Delete(recursive: true);
    }

    [LinuxFact]
    public async Task A_full_disk_refuses_messages_and_loses_no_acknowledged_message()
    {
        var directory = Directory.CreateTempSubdirectory("webchat-full-");

        // No file may exceed 512 KiB. The process ignores the signal that would end it, and the runtime maps no files of its own.
        string[] limited = ["bash", "-c", "trap '' XFSZ; ulimit -f 512; DOTNET_EnableWriteXorExecute=0 exec \"$@\"", "limited"];
        var said = await Run(directory.FullName, new int[Talk.Lanes], limited, (count, refusals) => count > 0 && refusals > 2 * Talk.Lanes);
        var acknowledged = TalkCheck.Acknowledged(said);
        Assert.Contains(acknowledged, last => last > 0);
        Assert.Empty(await TalkCheck.FaultsIn(directory.FullName, acknowledged));

        var later = await Run(directory.FullName, acknowledged, [], (count, _) => count == 100);

        Assert.Empty(await TalkCheck.FaultsIn(directory.FullName, TalkCheck.Acknowledged(later, acknowledged)));
        directory.Delete(recursive: true);
    }

    /// <summary>Runs a talking process until a condition on its acknowledgements and refusals holds, and kills it. Returns the printed acknowledgements.</summary>
    private static async Task<List<string>> Run(string directory, int[] acknowledged, string[] prefix, Func<int, int, bool> isTime)
    {
        string[] line = [.. prefix, Environment.ProcessPath!, typeof(KillTests).Assembly.Location, "talk", directory, string.Join(',', acknowledged)];
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var (said, refusals) = (new List<string>(), 0);
        while (await process.StandardOutput.ReadLineAsync() is { } text)
        {
            if (text == "refused")
                refusals++;
            else
                said.Add(text);
            if (isTime(said.Count, refusals))
                process.Kill();
        }

        await process.WaitForExitAsync();
        Assert.True(said.Count > 0, await errors);
        return said;
    }
}
