using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using WebChat.Actors.Options;

namespace WebChat.Actors.Journal.Schema;

/// <summary>
/// Brings a database to the schema that this program works on. Which version a database is of stands in its own table
/// <c>webchat_schema</c>, a row for each step that was taken.
/// </summary>
/// <param name="storage">Where the database is.</param>
/// <param name="steps">What there is to take, <see cref="SchemaSteps.All"/> in production.</param>
public sealed class JournalSchema(StorageOptions storage, IReadOnlyList<SchemaStep> steps)
{
    /// <summary>The schema of this program in the database of the options.</summary>
    public JournalSchema(StorageOptions storage)
        : this(storage, SchemaSteps.All)
    {
    }

    /// <summary>The newest version that this program knows.</summary>
    public int Known => steps.Count;

    /// <summary>The version that the database is of, 0 if it has none recorded: it is empty, or from before there were versions.</summary>
    /// <exception cref="DbException">The database cannot be opened.</exception>
    public int Version()
    {
        using var connection = Open();
        return VersionIn(connection);
    }

    /// <summary>The version that an open database is of, 0 if it has none recorded.</summary>
    public static int VersionIn(DbConnection connection)
    {
        // Not PostgreSQL's to_regclass, which may answer from before the lock that another process just gave back.
        var isRecorded = connection is SqliteConnection
            ? "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'webchat_schema'"
            : "SELECT count(*) FROM pg_tables WHERE schemaname = ANY (current_schemas(false)) AND tablename = 'webchat_schema'";
        return Number(connection, isRecorded) == 0 ? 0 : Number(connection, "SELECT coalesce(max(version), 0) FROM webchat_schema");
    }

    /// <summary>
    /// Takes the steps that the database lacks, each in a transaction of its own: whatever goes wrong, the database is of one version
    /// or the next. Several processes may do this at once. Gives the steps that were taken here.
    /// </summary>
    /// <exception cref="SchemaException">The database is of a later version than this program knows.</exception>
    /// <exception cref="DbException">The database cannot be opened, or a step failed.</exception>
    public IReadOnlyList<SchemaStep> Migrate()
    {
        using var connection = Open();
        var taken = new List<SchemaStep>();

        // Looked at without a lock first: there is mostly nothing to do, and no right to write needed for that.
        while (Next(connection) is not null)
        {
            if (TakeNext(connection) is { } step)
                taken.Add(step);
        }

        return taken;
    }

    /// <summary>Looks whether the database is of the version that this program works on, and changes nothing.</summary>
    /// <exception cref="SchemaException">It is not.</exception>
    /// <exception cref="DbException">The database cannot be opened.</exception>
    public void Verify()
    {
        using var connection = Open();
        if (Next(connection) is not null)
        {
            throw new SchemaException(
                $"The database is of schema version {VersionIn(connection)}, and this program needs version {Known}. Start it with `migrate` once, or set WebChat:MigrateOnStart.");
        }
    }

    private SchemaStep? Next(DbConnection connection)
    {
        var version = VersionIn(connection);
        if (version > Known)
        {
            throw new SchemaException(
                $"The database is of schema version {version}, and this program knows none later than {Known}. A newer WebChat has written to it: use that one, or a backup from before.");
        }

        return version == Known ? null : steps[version];
    }

    /// <summary>Takes one step; null if somebody else has taken the last one meanwhile.</summary>
    private SchemaStep? TakeNext(DbConnection connection)
    {
        // In SQLite this takes the lock to write already; in PostgreSQL this lock is given back with the transaction.
        using var transaction = connection.BeginTransaction();
        if (connection is NpgsqlConnection)
            Execute(connection, "SELECT pg_advisory_xact_lock(7239114206)");
        if (Next(connection) is not { } step)
            return null;

        var version = VersionIn(connection) + 1;
        Execute(connection, connection is SqliteConnection ? step.Sqlite : step.Postgres);
        Execute(connection, "CREATE TABLE IF NOT EXISTS webchat_schema (version integer NOT NULL PRIMARY KEY, name text NOT NULL, taken_at text NOT NULL)");
        Execute(
            connection,
            "INSERT INTO webchat_schema (version, name, taken_at) VALUES (@version, @name, @at)",
            ("@version", version),
            ("@name", step.Name),
            ("@at", DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture)));
        transaction.Commit();
        return step;
    }

    private DbConnection Open()
    {
        var connection = storage.Database == DatabaseKind.Postgres ? Postgres() : Sqlite();
        try
        {
            connection.Open();

            if (connection is SqliteConnection)
            {
                // Of a new database only. Most pages that are written are the index's, for the sake of some fifty bytes each.
                Execute(connection, "PRAGMA page_size = 1024");

                // In which readers and the writer never wait for each other. The file remembers it; a restored one is without.
                Execute(connection, "PRAGMA journal_mode = WAL");
            }

            return connection;
        }
        catch (DbException)
        {
            connection.Dispose();
            throw;
        }
    }

    private DbConnection Sqlite()
    {
        var file = JournalDatabase.SqliteFile(storage);
        file.Pooling = false;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file.DataSource))!);
        var connection = new SqliteConnection(file.ConnectionString);
        // PostgreSQL has one of its own.
        connection.CreateFunction("sha256_hex", (string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), isDeterministic: true);
        return connection;
    }

    // A step may take its time, and so may that of another process.
    private DbConnection Postgres() =>
        new NpgsqlConnection(new NpgsqlConnectionStringBuilder(storage.ConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);

    private static int Number(DbConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Execute(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        command.ExecuteNonQuery();
    }
}
