using System.Data.Common;
using System.Runtime.ExceptionServices;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Postgresql;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;
using Npgsql;
using WebChat.Actors.Options;

namespace WebChat.Actors.Persistence.Schema;

/// <summary>
/// Migrates a database to the schema of this program. DbUp records in the table <c>webchat_schema</c> which scripts have run;
/// their number is the schema's version.
/// </summary>
/// <param name="storage">The database.</param>
/// <param name="scripts">All scripts, ordered by name; <see cref="ScriptsOf"/> in production.</param>
public sealed class JournalSchema(StorageOptions storage, IReadOnlyList<SqlScript> scripts)
{
    private const string VersionTable = "webchat_schema";

    /// <summary>The schema of this program in the database of the options.</summary>
    public JournalSchema(StorageOptions storage)
        : this(storage, ScriptsOf(storage.Database))
    {
    }

    /// <summary>
    /// The scripts embedded in this assembly. A schema change is a new script with the next number. A released script never
    /// changes.
    /// </summary>
    public static IReadOnlyList<SqlScript> ScriptsOf(DatabaseKind database)
    {
        var assembly = typeof(JournalSchema).Assembly;
        var folder = $"schema/{database}/";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => SqlScript.FromStream(name[folder.Length..], assembly.GetManifestResourceStream(name)!))];
    }

    /// <summary>The version that this program needs.</summary>
    public int Needed => scripts.Count;

    /// <summary>The version of the database; 0 if it is empty or does not exist.</summary>
    /// <exception cref="DbException">The database cannot be read.</exception>
    public int Version() => Executed().Count;

    /// <summary>
    /// Runs the missing scripts in one transaction, and returns their names. Several processes may do this at once.
    /// </summary>
    /// <exception cref="SchemaException">The database is of a later version.</exception>
    /// <exception cref="DbException">The database cannot be opened, or a script failed.</exception>
    public IReadOnlyList<string> Migrate()
    {
        // An up-to-date database must not need the right to change tables.
        if (IsUpToDate())
            return [];
        var result = storage.Database == DatabaseKind.Postgres ? MigratePostgres() : MigrateSqlite();
        if (!result.Successful)
            ExceptionDispatchInfo.Throw(result.Error);
        Verify();
        return [.. result.Scripts.Select(script => script.Name)];
    }

    /// <summary>Checks that the database has the version that this program needs. Changes nothing.</summary>
    /// <exception cref="SchemaException">It has another version.</exception>
    /// <exception cref="DbException">The database cannot be read.</exception>
    public void Verify()
    {
        if (!IsUpToDate())
        {
            throw new SchemaException(
                $"The database has schema version {Version()}, but this program needs version {Needed}. Run `migrate` once, or set WebChat:MigrateOnStart to true.");
        }
    }

    /// <summary>Checks that the version of the database is not later than the one of this program.</summary>
    /// <exception cref="SchemaException">It is later.</exception>
    /// <exception cref="DbException">The database cannot be read.</exception>
    public void RefuseLater() => IsUpToDate();

    private bool IsUpToDate()
    {
        var executed = Executed();
        if (executed.Except(scripts.Select(script => script.Name)).Any())
        {
            throw new SchemaException(
                $"The database has schema version {executed.Count}, but this program supports versions up to {Needed}. A newer WebChat has migrated it: run that version, or restore a backup from before.");
        }

        return executed.Count == Needed;
    }

    private List<string> Executed()
    {
        if (storage.Database == DatabaseKind.Postgres)
            return Engine(Postgres()).WithoutTransaction().Build().GetExecutedScripts();
        var file = JournalDatabase.SqliteFile(storage);
        if (!File.Exists(file.DataSource))
            return [];
        file.Mode = SqliteOpenMode.ReadOnly;
        using var connection = Open(file);
        return Engine(Sqlite(connection)).WithoutTransaction().Build().GetExecutedScripts();
    }

    private DatabaseUpgradeResult MigrateSqlite()
    {
        var file = JournalDatabase.SqliteFile(storage);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file.DataSource))!);
        using var connection = Open(file);
        using (var pragmas = connection.CreateCommand())
        {
            // The page size is fixed when the first table is created. Most of the pages that a transaction writes belong to the index and
            // change by about 50 bytes each, so pages are small. In WAL mode readers and the writer never wait for each other.
            pragmas.CommandText = "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL";
            pragmas.ExecuteNonQuery();
        }

        // The transaction begins, and takes the write lock, before DbUp reads which scripts have run: processes take turns.
        return Engine(Sqlite(connection)).WithTransaction().Build().PerformUpgrade();
    }

    private DatabaseUpgradeResult MigratePostgres()
    {
        // PostgreSQL's transactions do not take turns. The lock is released with its connection.
        using var turn = new NpgsqlConnection(PostgresConnectionString);
        turn.Open();
        using var take = new NpgsqlCommand("SELECT pg_advisory_lock(7239114206)", turn);
        take.ExecuteNonQuery();
        return Engine(Postgres()).WithTransaction().Build().PerformUpgrade();
    }

    private UpgradeEngineBuilder Engine(UpgradeEngineBuilder database) => database.WithScripts(scripts).WithVariablesDisabled();

    private static UpgradeEngineBuilder Sqlite(SqliteConnection connection) =>
        DeployChanges.To.SqliteDatabase(new SharedConnection(connection)).JournalToSqliteTable(VersionTable);

    private UpgradeEngineBuilder Postgres() =>
        DeployChanges.To.PostgresqlDatabase(new PostgresqlConnectionManager(PostgresConnectionString)).JournalToPostgresqlTable(null, VersionTable);

    // A script, and the wait for another process, may take long.
    private string PostgresConnectionString =>
        new NpgsqlConnectionStringBuilder(storage.ConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString;

    private static SqliteConnection Open(SqliteConnectionStringBuilder file)
    {
        file.Pooling = false;
        var connection = new SqliteConnection(file.ConnectionString);
        connection.Open();
        return connection;
    }
}

/// <summary>The database's schema has a version that this program does not support. The message names both versions and the remedy.</summary>
public sealed class SchemaException(string message) : Exception(message);
