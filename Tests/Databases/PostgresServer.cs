using System.Diagnostics;
using Npgsql;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Databases;

/// <summary>
/// A PostgreSQL server for one test run, with its data in a folder of its own, reached over a Unix socket there. PostgreSQL refuses
/// to run as root; then it runs as the user "nobody".
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Started = new(() => Create());

    private readonly string _folder;
    private readonly bool _durable;
    private Process _process;

    private PostgresServer(string folder, bool durable)
    {
        _folder = folder;
        _durable = durable;
        _process = Start();

        // For an aborted run; a complete run removes its servers itself.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _process.Kill();
    }

    /// <summary>The server of this run, started on first use and removed by <see cref="RemoveShared"/>.</summary>
    public static Task<PostgresServer> Shared => Started.Value;

    public string ConnectionStringTo(string database) => $"Host={_folder};Username=webchat;Database={database};Maximum Pool Size=20";

    /// <summary>A separate server for a test, which may be killed.</summary>
    /// <param name="durable">Whether commits wait for the disk. The tests do not check PostgreSQL's durability.</param>
    public static async Task<PostgresServer> Create(bool durable = false)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The tests' server is reached over a Unix socket.");
        }

        var folder = Directory.CreateTempSubdirectory("webchat-pg-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        using (var initialized = Run("initdb", folder, "-D", Path.Combine(folder, "data"), "-U", "webchat", "-A", "trust", "-E", "UTF8", "--no-sync"))
        {
            var errors = await initialized.StandardError.ReadToEndAsync();
            await initialized.WaitForExitAsync();
            if (initialized.ExitCode != 0)
                throw new InvalidOperationException(errors);
        }

        var server = new PostgresServer(folder, durable);
        await server.Answers();
        return server;
    }

    /// <summary>Ends the server as a crash would, with all connections, and restarts it.</summary>
    public async Task CrashAndRestart()
    {
        _process.Kill();
        await _process.WaitForExitAsync();

        // The server's other processes notice that it is gone, and it does not start while one of them is left.
        _process = Start();
        await Answers();
    }

    /// <summary>Stops the server of this run, if there is one.</summary>
    public static async Task RemoveShared()
    {
        if (Started.IsValueCreated)
        {
            await (await Started.Value).DisposeAsync();
        }
    }

    /// <summary>Stops the server with all its processes, and deletes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var stopped = Run("pg_ctl", _folder, "stop", "-m", "immediate", "-w", "-D", Path.Combine(_folder, "data")))
        {
            await stopped.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Process Start()
    {
        var server = Run(
            "postgres", _folder, "-D", Path.Combine(_folder, "data"), "-k", _folder, "-c", "listen_addresses=", "-c", $"fsync={(_durable ? "on" : "off")}", "-c", "max_connections=200");
        _ = server.StandardError.ReadToEndAsync();
        return server;
    }

    private static Process Run(string program, string folder, params string[] arguments)
    {
        var path = Path.Combine(Path.GetDirectoryName(Programs.InitDb!)!, program);
        string[] asNobody = Environment.UserName == "root" ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];
        string[] line = [.. asNobody, path, .. arguments];
        return Process.Start(new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        })!;
    }

    private async Task Answers()
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            if (_process.HasExited)
            {
                if (patience.Elapsed > TimeSpan.FromSeconds(30))
                    throw new InvalidOperationException("The PostgreSQL server ended.");
                _process = Start();
            }

            try
            {
                await using var source = NpgsqlDataSource.Create(ConnectionStringTo("postgres") + ";Pooling=false");
                await using var connection = await source.OpenConnectionAsync();
                return;
            }
            catch (NpgsqlException) when (patience.Elapsed < TimeSpan.FromSeconds(30))
            {
                // It is not up yet.
            }
        }
    }
}
