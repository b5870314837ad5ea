using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence.Schema;

namespace WebChat.Actors.Persistence;

/// <summary>
/// The journal's database. As a hosted service it starts before the actor system: it locks the data directory and migrates the
/// schema, or verifies it where <see cref="StorageOptions.MigrateOnStart"/> is off.
/// </summary>
public sealed class JournalDatabase : IHostedService, IDisposable
{
    // How long a SQLite connection waits for another process's lock. A write may have to wait for the one before it as well, and its
    // caller must learn of the failure before the edge's timeout.
    private const int LockPatienceSeconds = 4;

    private readonly StorageOptions _storage;
    private DataDirectoryLock? _lock;

    /// <summary>The database of the options. Opens nothing yet.</summary>
    public JournalDatabase(IOptions<StorageOptions> options)
    {
        _storage = options.Value;
        if (_storage.Database == DatabaseKind.Postgres)
        {
            ProviderName = "PostgreSQL.15";
            ConnectionString = _storage.ConnectionString;
            Readers = Writers = NpgsqlDataSource.Create(_storage.ConnectionString);
        }
        else
        {
            var file = SqliteFile(_storage);
            ProviderName = "SQLite.MS";
            ConnectionString = file.ToString();
            Writers = SqliteFactory.Instance.CreateDataSource(ConnectionString);
            file.Mode = SqliteOpenMode.ReadOnly;
            Readers = SqliteFactory.Instance.CreateDataSource(file.ToString());
        }
    }

    /// <summary>The path of the SQLite file; null on PostgreSQL.</summary>
    public static SqliteConnectionStringBuilder SqliteFile(StorageOptions storage)
    {
        var file = new SqliteConnectionStringBuilder(storage.ConnectionString);
        if (file.DataSource.Length == 0)
            file.DataSource = storage.DatabaseFile;
        if (!file.ShouldSerialize("Default Timeout"))
            file.DefaultTimeout = LockPatienceSeconds;
        return file;
    }

    /// <summary>Locks the data directory and migrates the schema.</summary>
    /// <exception cref="DataDirectoryException">Another process uses the data directory, or it cannot be written.</exception>
    /// <exception cref="SchemaException">The database is of a version that this program does not work on.</exception>
    /// <exception cref="DbException">The database cannot be opened.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _lock = new(Path.GetFullPath(_storage.DataDirectory));
        var schema = new JournalSchema(_storage);
        if (_storage.MigrateOnStart)
            schema.Migrate();
        else
            schema.Verify();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The name that linq2db and Akka.Persistence.Sql have for the database.</summary>
    public string ProviderName { get; }

    /// <summary>Whether it is a SQLite file.</summary>
    public bool IsSqlite => ProviderName == "SQLite.MS";

    /// <summary>The connection string of the journal.</summary>
    public string ConnectionString { get; }

    /// <summary>Gives connections to readers, apart from the journal's writer.</summary>
    public DbDataSource Readers { get; }

    /// <summary>Gives connections for writes outside the journal.</summary>
    public DbDataSource Writers { get; }

    /// <summary>Runs a query, apart from the journal's writer and from the caller's thread.</summary>
    internal Task<T> Read<T>(string query, Func<DbDataReader, Task<T>> read, CancellationToken cancellation, params (string Name, object Value)[] parameters) => Task.Run(
        // SQLite's asynchronous calls run synchronously: they must not block the caller.
        async () =>
        {
            await using var command = Readers.CreateCommand(query);
            Bind(command, parameters);
            await using var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            return await read(rows).ConfigureAwait(false);
        },
        cancellation);

    /// <summary>Writes a row, apart from the journal's writer and from the caller's thread.</summary>
    /// <exception cref="DbException">The database cannot be written.</exception>
    public Task ProbeAsync() => Task.Run(() => Execute("INSERT INTO probe (id, probes) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET probes = probe.probes + 1"));

    /// <summary>Runs a statement, apart from the journal's writer. Then its changes are on disk, and what it removes is overwritten.</summary>
    internal void Execute(string statement, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var connection = Writers.OpenConnection();
        using var command = connection.CreateCommand();
        if (connection is SqliteConnection sqlite)
            SqlitePragmas.Apply(sqlite);
        command.CommandText = statement;
        Bind(command, parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>Adds parameters to a command.</summary>
    internal static void Bind(DbCommand command, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }

    public void Dispose()
    {
        // Pooled connections would keep the file open, and go on with it when another file takes its place.
        foreach (var source in (DbDataSource[])[Readers, Writers])
        {
            if (source.CreateConnection() is SqliteConnection pooled)
                SqliteConnection.ClearPool(pooled);
        }

        Readers.Dispose();
        Writers.Dispose();
        _lock?.Dispose();
    }
}
