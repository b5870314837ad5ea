using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Schema;
using WebChat.Journal.V1;

namespace WebChat.Edge.Commands;

/// <summary>
/// Checks what the server needs from its machine, also while it runs, and prints a line for each check: the ports, the disk, the
/// database and the clock. The configuration has been checked before.
/// </summary>
public sealed class DoctorCommand(StorageOptions storage, IConfiguration configuration, JournalDatabase database, JournalRows rows, TimeProvider time, TextWriter output)
{
    private const long LeastSpace = 1 << 30;
    private const int Writes = 20;
    private const int SqliteCorrupt = 11;

    // A message waits for one write at least.
    private static readonly TimeSpan SlowestWrite = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(5);

    private string Folder => Path.GetFullPath(storage.DataDirectory);

    /// <summary>Runs all checks.</summary>
    /// <exception cref="CommandException">A check has failed.</exception>
    public async Task Run(CancellationToken cancellationToken)
    {
        var isRunning = false;
        var failed = 0;
        await Check("configuration", () => Task.FromResult("valid"));
        await Check("data directory", () => Task.FromResult(CheckFolder(out isRunning)));
        if (Directory.Exists(Folder))
            await Check("disk", () => Task.FromResult(CheckDisk()));
        foreach (var (name, url) in EndpointUrl.All(configuration))
            await Check($"endpoint {name}", () => CheckEndpoint(url, isRunning, cancellationToken));
        await Check("database", () => Task.FromResult(CheckDatabase()));
        await Check("clock", () => CheckClock(cancellationToken));
        if (failed > 0)
            throw new CommandException($"{failed} checks failed.");

        async Task Check(string name, Func<Task<string>> check)
        {
            try
            {
                await output.WriteLineAsync($"ok      {name}: {await check()}");
            }
            catch (Exception ex) when (ex is not OperationCanceledException)
            {
                failed++;
                await output.WriteLineAsync($"FAILED  {name}: {FailureLine.Of(ex)}");
            }
        }
    }

    private string CheckFolder(out bool isRunning)
    {
        isRunning = false;
        if (!Directory.Exists(Folder))
            return $"{Folder} will be created at the first start";
        try
        {
            new DataDirectoryLock(Folder).Dispose();
            return Folder;
        }
        catch (DataDirectoryException ex) when (ex.IsInUse)
        {
            isRunning = true;
            return $"{Folder}, in use by a server";
        }
    }

    private string CheckDisk()
    {
        var space = new DriveInfo(Folder).AvailableFreeSpace;
        if (space < LeastSpace)
            throw new CommandException($"{Folder} has only {space / (1 << 20)} MiB free.");
        var write = TimeOfWrite();
        return write > SlowestWrite
            ? throw new CommandException($"A write to {Folder} takes {write.TotalMilliseconds:F0} ms. Each message waits for one.")
            : string.Create(CultureInfo.InvariantCulture, $"{space / (1 << 30)} GiB free, {write.TotalMilliseconds:F1} ms for a write");
    }

    // The median, with each write on the disk before the next.
    private TimeSpan TimeOfWrite()
    {
        var file = Path.Combine(Folder, $"doctor-{Guid.NewGuid():N}");
        var times = new List<TimeSpan>();
        using var stream = new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
        for (var i = 0; i < Writes; i++)
        {
            var began = Stopwatch.GetTimestamp();
            stream.Write(new byte[4_096]);
            stream.Flush(flushToDisk: true);
            times.Add(Stopwatch.GetElapsedTime(began));
        }

        return times.Order().ElementAt(Writes / 2);
    }

    private static async Task<string> CheckEndpoint(Uri url, bool isRunning, CancellationToken cancellationToken)
    {
        if (isRunning)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(ProbePatience);
            using var client = new TcpClient();
            await client.ConnectAsync(EndpointUrl.Local(url).Host, url.Port, patience.Token);
            return $"{url} answers";
        }

        var address = (await Dns.GetHostAddressesAsync(url.Host, cancellationToken))[0];
        using var listener = new TcpListener(address, url.Port);
        listener.Start();
        return $"{url} is free";
    }

    private string CheckDatabase()
    {
        var schema = new JournalSchema(storage);
        var version = schema.Version();
        if (version == 0)
            return "will be created at the first start";
        schema.RefuseLater();
        if (version < schema.Needed && !storage.MigrateOnStart)
            schema.Verify();
        if (!database.IsSqlite)
            return $"PostgreSQL, schema version {version}";
        using var command = database.Readers.CreateCommand("PRAGMA quick_check(1)");
        return command.ExecuteScalar() is "ok"
            ? $"SQLite, schema version {version}"
            : throw new SqliteException("The file is damaged.", SqliteCorrupt);
    }

    private async Task<string> CheckClock(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (new JournalSchema(storage).Version() == 0 || await rows.NewestEventAsync(cancellationToken) is not { } row)
            return $"{now:u}";
        var newest = DateTimeOffset.FromUnixTimeMilliseconds(((IEvent)Manifests.Parse(row.Manifest, row.Message)).At);
        return newest - now > ClockTolerance
            ? throw new CommandException($"It is {now:u}, but the newest event is of {newest:u}. Set the clock, or wait: rooms do not go back in time.")
            : $"{now:u}, newest event {newest:u}";
    }
}
