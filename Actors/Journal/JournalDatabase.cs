using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using WebChat.Actors.Journal.Schema;
using WebChat.Actors.Options;

namespace WebChat.Actors.Journal;

/// <summary>
/// The journal's database. As a hosted service it starts before the actor system: it takes the data directory and brings the
/// schema up to date, or verifies it where <see cref="StorageOptions.MigrateOnStart"/> is off.
/// </summary>
public sealed class JournalDatabase : IHostedService, IDisposable
{
    // How long another process's lock on a SQLite file is waited for. A write may have to wait out the one before it as well, and
    // its caller must hear of its failure before an edge gives up on it.
    private const int LockPatienceSeconds = 4;

    private readonly StorageOptions _storage;
    private DataDirectoryLock? _lock;

    /// <summary>The database of the options. Nothing is opened yet.</summary>
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

    /// <summary>Where the journal is, if it is in SQLite.</summary>
    public static SqliteConnectionStringBuilder SqliteFile(StorageOptions storage)
    {
        var file = new SqliteConnectionStringBuilder(storage.ConnectionString);
        if (file.DataSource.Length == 0)
            file.DataSource = storage.DatabaseFile;
        if (!file.ShouldSerialize("Default Timeout"))
            file.DefaultTimeout = LockPatienceSeconds;
        return file;
    }

    /// <summary>Takes the data directory for this process and brings the schema up to date.</summary>
    /// <exception cref="DataDirectoryException">Another process has the data directory, or it cannot be written.</exception>
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

    /// <summary>As linq2db names it, in whose words Akka.Persistence.Sql is told.</summary>
    public string ProviderName { get; }

    /// <summary>Whether it is a SQLite file.</summary>
    public bool IsSqlite => ProviderName == "SQLite.MS";

    /// <summary>How the journal reaches it.</summary>
    public string ConnectionString { get; }

    /// <summary>Gives connections to who reads, apart from the journal's writer.</summary>
    public DbDataSource Readers { get; }

    /// <summary>Gives connections to who writes what is not the journal's.</summary>
    public DbDataSource Writers { get; }

    /// <summary>Asks the database something, apart from the journal's writer and from the caller's thread.</summary>
    internal Task<T> Read<T>(string query, Func<DbDataReader, Task<T>> read, CancellationToken cancellation, params (string Name, object Value)[] parameters) => Task.Run(
        // SQLite's asynchronous calls are synchronous in truth: they must not hold up who asks.
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

    /// <summary>Runs a statement, apart from the journal's writer. What it changes is on disk then, and what it removes is overwritten.</summary>
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

    /// <summary>Gives a command its parameters.</summary>
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
        // Pooled connections would keep the file open, and read and write it still when another is put in its place.
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
