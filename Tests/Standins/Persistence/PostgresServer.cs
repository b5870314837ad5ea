using System.Diagnostics;
using Npgsql;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Standins.Persistence;

/// <summary>
/// A PostgreSQL server for one run of the tests: its data in a folder of its own, reached over a Unix socket there.
/// PostgreSQL refuses to run as root; there, it runs as nobody.
/// </summary>
public sealed class PostgresServer
{
    private static readonly Lazy<Task<PostgresServer>> Started = new(Start);

    private readonly string _folder;

    private PostgresServer(string folder) => _folder = folder;

    /// <summary>The server of this run, started when first asked for and ended with the process.</summary>
    public static Task<PostgresServer> Shared => Started.Value;

    public string ConnectionStringTo(string database) => $"Host={_folder};Username=webchat;Database={database};Maximum Pool Size=20";

    private static async Task<PostgresServer> Start()
    {
        var folder = Directory.CreateTempSubdirectory("webchat-pg-").FullName;
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The tests' server is reached over a Unix socket.");
        }

        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        var data = Path.Combine(folder, "data");
        using (var initialized = Run("initdb", folder, "-D", data, "-U", "webchat", "-A", "trust", "-E", "UTF8", "--no-sync"))
        {
            var errors = await initialized.StandardError.ReadToEndAsync();
            await initialized.WaitForExitAsync();
            Assert.True(initialized.ExitCode == 0, errors);
        }

        // What the tests ask for is not whether PostgreSQL keeps its promises to the disk.
        var server = Run("postgres", folder, "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200");
        _ = server.StandardError.ReadToEndAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.Kill();
            server.WaitForExit();
            Directory.Delete(folder, recursive: true);
        };
        var started = new PostgresServer(folder);
        await started.Answers(server);
        return started;
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

    private async Task Answers(Process server)
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            Assert.False(server.HasExited, "The PostgreSQL server ended.");
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
