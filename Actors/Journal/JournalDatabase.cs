using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;
using WebChat.Actors.Journal.Schema;
using WebChat.Actors.Options;

namespace WebChat.Actors.Journal;

/// <summary>The database that the journal is in: for the journal itself by name, for readers as connections of their own.</summary>
public sealed class JournalDatabase : IDisposable
{
    // How long another process's lock on a SQLite file is waited for. A write may have to wait out the one before it as well, and
    // whoever asked is to hear of its failure before an edge gives up on it.
    private const int LockPatienceSeconds = 4;

    private readonly DataDirectoryLock _lock;

    /// <summary>
    /// The database of the options, for this process alone and of the schema that it works on: brought to it, or, where
    /// the options want that done apart, only looked at.
    /// </summary>
    /// <exception cref="DataInUseException">Another process works on the data directory.</exception>
    /// <exception cref="SchemaException">The database is of a version that this program does not work on.</exception>
    /// <exception cref="DbException">The database cannot be opened.</exception>
    public JournalDatabase(IOptions<StorageOptions> options)
    {
        var storage = options.Value;
        _lock = new(Path.GetFullPath(storage.DataDirectory));
        if (storage.Database == DatabaseKind.Postgres)
        {
            ProviderName = "PostgreSQL.15";
            ConnectionString = storage.ConnectionString;
            Readers = Writers = NpgsqlDataSource.Create(storage.ConnectionString);
        }
        else
        {
            var file = SqliteFile(storage);
            ProviderName = "SQLite.MS";
            ConnectionString = file.ToString();
            Writers = SqliteFactory.Instance.CreateDataSource(ConnectionString);
            file.Mode = SqliteOpenMode.ReadOnly;
            Readers = SqliteFactory.Instance.CreateDataSource(file.ToString());
        }

        try
        {
            var schema = new JournalSchema(storage);
            if (storage.MigrateOnStart)
                schema.Migrate();
            else
                schema.Verify();
        }
        catch (Exception)
        {
            Dispose();
            throw;
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

    /// <summary>As linq2db names it, in whose words Akka.Persistence.Sql is told.</summary>
    public string ProviderName { get; }

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

    /// <summary>Runs a statement, apart from the journal's writer and from the caller's thread; what it changed is on disk then, and what it removed is overwritten.</summary>
    internal Task Write(string statement, CancellationToken cancellation, params (string Name, object Value)[] parameters) => Task.Run(
        async () =>
        {
            await using var connection = await Writers.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using var command = connection.CreateCommand();
            command.CommandText = connection is SqliteConnection ? $"PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; {statement}" : statement;
            Bind(command, parameters);
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        },
        cancellation);

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

    /// <inheritdoc/>
    public void Dispose()
    {
        Readers.Dispose();
        Writers.Dispose();
        _lock.Dispose();
    }
}
