using System.Globalization;
using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Hosting;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;

namespace WebChat.Bench.Journal;

/// <summary>A data directory with a new database in it, for one measurement; removed afterwards.</summary>
public sealed class JournalFolder : IDisposable
{
    private const int NotNeeded = 4;

    /// <summary>Where the database is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("webchat-bench-").FullName;

    /// <summary>How the database is reached.</summary>
    public string ConnectionString => $"Data Source={DatabaseFile}";

    /// <summary>As the options name it.</summary>
    public StorageOptions Storage => new() { DataDirectory = Path };

    private string DatabaseFile => System.IO.Path.Combine(Path, "webchat.db");

    /// <summary>The actors as the server starts them, on the database. Disposing stops them.</summary>
    /// <param name="configure">What differs from the server.</param>
    /// <param name="settings">Configuration that differs from the server's.</param>
    public IHost Start(Action<AkkaConfigurationBuilder, IServiceProvider>? configure = null, params IEnumerable<(string Key, string? Value)> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("WebChat:DataDirectory", Path),
            new("WebChat:Auth:BcryptWorkFactor", "4"),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)),
        ]).Build();
        var host = new HostBuilder().ConfigureServices(services =>
        {
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole());
            services.AddWebChatActors(configuration, configure);
        }).Build();
        host.Start();
        return host;
    }

    /// <summary>A plain connection to the database.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString + ";Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>The database's size, in MB.</summary>
    public double Megabytes => new FileInfo(DatabaseFile).Length / 1e6;

    /// <summary>Fills the table with messages of all rooms in turn, as they come when all talk at once: each room has as many.</summary>
    /// <remarks>Nothing else may have the database open.</remarks>
    /// <param name="rows">How many.</param>
    /// <param name="rooms">How many rooms, called <see cref="Room"/>.</param>
    /// <param name="message">What each row holds.</param>
    public void Fill(int rows, int rooms, IMessage message)
    {
        SqliteConnection.ClearAllPools();
        using var connection = Open();
        Execute(connection, "PRAGMA journal_mode = OFF");
        Execute(connection, "PRAGMA synchronous = OFF");
        Execute(connection, "PRAGMA cache_size = -262144");
        using var command = connection.CreateCommand();
        command.CommandText = $$"""
            INSERT INTO journal(created,deleted,persistence_id,sequence_number,message,manifest,identifier,writer_uuid)
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $rows)
            SELECT $created, 0, 'room-' || printf('%026x', i % $rooms), i / $rooms + 1, $message, $manifest, {{JournalSerializer.Id}}, '00000000000000000000000000000000' FROM n
            """;
        command.Parameters.AddWithValue("$rows", rows);
        command.Parameters.AddWithValue("$rooms", rooms);
        command.Parameters.AddWithValue("$created", DateTime.UtcNow.Ticks);
        command.Parameters.AddWithValue("$message", message.ToByteArray());
        command.Parameters.AddWithValue("$manifest", Manifests.MessagePostedManifest);
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
        Execute(connection, "PRAGMA journal_mode = WAL");
    }

    /// <summary>A room that <see cref="Fill"/> fills.</summary>
    public static RoomId Room(int number) => new(number.ToString("x26", CultureInfo.InvariantCulture));

    /// <summary>Has the system forget what it holds of the database in memory, so that the next reads come from the disk.</summary>
    public void ForgetCached()
    {
        using var file = new FileStream(DatabaseFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Flush(flushToDisk: true);
        if (Advise((int)file.SafeFileHandle.DangerousGetHandle(), 0, 0, NotNeeded) is var error && error != 0)
            throw new IOException($"The system keeps what it holds: error {error}.");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [DllImport("libc", EntryPoint = "posix_fadvise")]
    private static extern int Advise(int file, long offset, long length, int advice);

    /// <inheritdoc/>
    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
