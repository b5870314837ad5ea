using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using WebChat.Bench.Load;

namespace WebChat.Bench.Chaos;

/// <summary>A server on a machine that can be made to fail: its process, its disk and its clock.</summary>
internal sealed class ChaosMachine : IAsyncDisposable
{
    // Where Debian puts it. Without it, the clock stays right.
    private const string FakeTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

    // No file may grow beyond this while the disk is full: less than the write-ahead log needs for its next pages.
    private const int FullDiskBytes = 65_536;

    // A full disk fails a write and ends no process, so its signal is ignored. The runtime would otherwise map files of its own.
    private static readonly string[] Shell = ["bash", "-c", "trap '' XFSZ; exec \"$@\"", "chaos"];

    // No pair ends because its clock was turned forward.
    private const string Setting = "--WebChat:Rooms:SilenceEndsAfter=7.00:00:00";

    private readonly string _clock;

    private ChaosMachine(WebChatServer server, string clock) => (Server, _clock) = (server, clock);

    public WebChatServer Server { get; }

    /// <summary>Whether the clock can be turned.</summary>
    public bool CanTurnClock => File.Exists(FakeTime);

    /// <summary>The most bytes of physical memory that the server has used.</summary>
    public long MostMemory { get; private set; }

    private int Process => Server.Use!.Id;

    public static async Task<ChaosMachine> StartAsync()
    {
        var clock = Path.GetTempFileName();
        await File.WriteAllTextAsync(clock, "+0");
        var environment = new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" };
        if (File.Exists(FakeTime))
        {
            // Only the time of day is turned: the operating system's monotonic clock never is.
            environment["LD_PRELOAD"] = FakeTime;
            environment["FAKETIME_TIMESTAMP_FILE"] = clock;
            environment["FAKETIME_CACHE_DURATION"] = "1";
            environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        }

        return new(await WebChatServer.StartAsync(Shell, environment, Setting), clock);
    }

    /// <summary>Notes the server's memory.</summary>
    public void MeasureMemory() => MostMemory = Math.Max(MostMemory, Server.Use!.Memory);

    /// <summary>Kills the process (SIGKILL) and starts it again.</summary>
    public Task RestartAsync() => Server.RestartAsync(Setting);

    /// <summary>Stops the process for a time (SIGSTOP, SIGCONT).</summary>
    public async Task StopAsync(TimeSpan time)
    {
        await RunAsync("kill", "-STOP", $"{Process}");
        await Task.Delay(time);
        await RunAsync("kill", "-CONT", $"{Process}");
    }

    /// <summary>Locks the database against writes for a time, from another process.</summary>
    public async Task LockDatabaseAsync(TimeSpan time)
    {
        await using var connection = new SqliteConnection($"Data Source={Server.DatabaseFile};Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        await using var transaction = connection.BeginTransaction(deferred: false);
        await Task.Delay(time);
    }

    /// <summary>Lets no file of the server grow for a time.</summary>
    public async Task FillDiskAsync(TimeSpan time)
    {
        await RunAsync("prlimit", "--pid", $"{Process}", $"--fsize={FullDiskBytes}:");
        await Task.Delay(time);
        await RunAsync("prlimit", "--pid", $"{Process}", "--fsize=unlimited:");
    }

    /// <summary>Turns the server's clock for a time, and back.</summary>
    public async Task TurnClockAsync(int seconds, TimeSpan time)
    {
        await File.WriteAllTextAsync(_clock, seconds.ToString("+0;-0", CultureInfo.InvariantCulture));
        await Task.Delay(time);
        await File.WriteAllTextAsync(_clock, "+0");
    }

    /// <summary>What SQLite finds wrong with the database; empty if nothing is.</summary>
    public IReadOnlyList<string> CheckDatabase()
    {
        using var connection = new SqliteConnection($"Data Source={Server.DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        using var rows = command.ExecuteReader();
        var faults = new List<string>();
        while (rows.Read())
        {
            if (rows.GetString(0) is var line and not "ok")
                faults.Add($"The database is damaged: {line}");
        }

        return faults;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        File.Delete(_clock);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
