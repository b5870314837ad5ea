using System.Data.Common;
using System.Diagnostics;
using DbUp.Engine;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Schema;
using WebChat.Tests.Databases;
using WebChat.Tests.Requires;
using DatabaseKind = WebChat.Tests.Databases.DatabaseKind;

namespace WebChat.Tests.Actors.Persistence;

[Collection(DatabaseCollection.Name)]
public sealed class JournalSchemaTests
{
    private const string Versions = "SELECT scriptname FROM webchat_schema ORDER BY scriptname";

    private static readonly SqlScript Pets = new("9001-pets.sql", "CREATE TABLE pets (name text NOT NULL); INSERT INTO pets VALUES ('Rex')");
    private static readonly SqlScript Fails = new("9002-more-pets.sql", "INSERT INTO pets VALUES ('Tom'); INSERT INTO plants VALUES ('Fern')");

    [Theory, OnSqlite, OnPostgres]
    public async Task An_empty_database_is_migrated_to_the_newest_version_and_reports_it(DatabaseKind kind)
    {
        await using var database = await Database.Create(kind);
        var schema = new JournalSchema(Storage(database));
        string[] scripts = [.. Known(database).Select(script => script.Name)];
        Assert.Equal(0, schema.Version());
        Assert.Throws<SchemaException>(schema.Verify);

        Assert.Equal(scripts, schema.Migrate());

        Assert.Equal(scripts.Length, schema.Version());
        Assert.Equal(scripts, await database.Query(Versions));
        schema.Verify();
        Assert.Empty(schema.Migrate());
    }

    [Fact]
    public void Both_databases_have_the_same_scripts() => Assert.Equal(
        JournalSchema.ScriptsOf(WebChat.Actors.Options.DatabaseKind.Sqlite).Select(script => script.Name),
        JournalSchema.ScriptsOf(WebChat.Actors.Options.DatabaseKind.Postgres).Select(script => script.Name));

    [Theory, OnSqlite, OnPostgres]
    public async Task A_database_of_a_later_version_is_refused_with_both_versions_named(DatabaseKind kind)
    {
        await using var database = await Database.Create(kind);
        Schema(database, [.. Known(database), Pets]).Migrate();
        using var data = new Folder();

        var refused = await Assert.ThrowsAsync<SchemaException>(() => Start(Options(database, data)));

        var known = Known(database).Count;
        Assert.Contains($"has schema version {known + 1}", refused.Message);
        Assert.Contains($"versions up to {known}", refused.Message);
        // The data directory is free for the matching program.
        new DataDirectoryLock(data.Path).Dispose();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_start_without_migration_refuses_an_outdated_database_and_accepts_a_migrated_one(DatabaseKind kind)
    {
        await using var database = await Database.Create(kind);
        using var data = new Folder();
        var options = Options(database, data);
        options.Value.MigrateOnStart = false;

        var refused = await Assert.ThrowsAsync<SchemaException>(() => Start(options));
        Assert.Contains($"has schema version 0, but this program needs version {Known(database).Count}", refused.Message);
        new JournalSchema(Storage(database)).Migrate();

        await Start(options);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_failed_script_leaves_the_version_before_it_intact(DatabaseKind kind)
    {
        await using var database = await Database.Create(kind);

        Schema(database, [Pets]).Migrate();

        Assert.ThrowsAny<DbException>(() => Schema(database, [Pets, Fails]).Migrate());

        Assert.Equal([Pets.Name], await database.Query(Versions));
        Assert.Equal(["Rex"], await database.Query("SELECT name FROM pets"));
        Assert.Single(Schema(database, [Pets, new("9003-plants.sql", "CREATE TABLE plants (name text)")]).Migrate());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Processes_that_migrate_at_once_run_each_script_once(DatabaseKind kind)
    {
        await using var database = await Database.Create(kind);
        SqlScript[] scripts = [.. Enumerable.Range(1, 5).Select(i => new SqlScript($"{i}.sql", $"CREATE TABLE t{i} (n integer); INSERT INTO t{i} VALUES ({i})"))];

        var run = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Schema(database, scripts).Migrate())));

        Assert.Equal(scripts.Select(script => script.Name), run.SelectMany(names => names).Order());
        Assert.Equal(["5"], await database.Query("SELECT n FROM t5"));
    }

    [Fact]
    public async Task A_process_killed_during_a_migration_leaves_the_version_before_it_intact()
    {
        await using var database = new SqliteDatabase();
        Schema(database, [Pets]).Migrate();
        using var process = Process.Start(Environment.ProcessPath!, [typeof(JournalSchemaTests).Assembly.Location, "endless-migration", database.File]);

        // The script writes more than SQLite's cache holds, so that uncommitted data reaches the log.
        while (new FileInfo($"{database.File}-wal") is not { Exists: true, Length: > 8_000_000 })
        {
            Assert.False(process.HasExited);
            await Task.Delay(20);
        }

        process.Kill();
        await process.WaitForExitAsync();

        Assert.Equal([Pets.Name], await database.Query(Versions));
        Assert.Equal(["Rex"], await database.Query("SELECT name FROM pets"));
        Assert.Equal(["ok"], await database.Query("PRAGMA integrity_check"));
        Assert.Single(Schema(database, [Pets, new("9003-plants.sql", "CREATE TABLE plants (name text)")]).Migrate());
    }

    [PostgresFact]
    public async Task A_connection_lost_during_a_migration_leaves_the_version_before_it_intact()
    {
        await using var database = await PostgresDatabase.Create();
        Schema(database, [Pets]).Migrate();
        var migration = Task.Run(() => Schema(database, [Pets, new("9002-cats.sql", "INSERT INTO pets VALUES ('Tom'); SELECT pg_sleep(600)")]).Migrate());
        while (await database.Query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'") is [])
            Assert.False(migration.IsCompleted);

        await Assert.ThrowsAnyAsync<DbException>(() => migration);

        Assert.Equal([Pets.Name], await database.Query(Versions));
        Assert.Equal(["Rex"], await database.Query("SELECT name FROM pets"));
    }

    /// <summary>The process that is killed: it runs a script that writes and does not end.</summary>
    public static int MigrateWithoutEnd(string file)
    {
        var endless = "INSERT INTO pets WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'cat number ' || i FROM n";
        new JournalSchema(new StorageOptions { ConnectionString = $"Data Source={file}" }, [Pets, new("9002-cats.sql", endless)]).Migrate();
        return 0;
    }

    private static IReadOnlyList<SqlScript> Known(Database database) => JournalSchema.ScriptsOf(Storage(database).Database);

    private static JournalSchema Schema(Database database, IReadOnlyList<SqlScript> scripts) => new(Storage(database), scripts);

    private static async Task Start(Microsoft.Extensions.Options.IOptions<StorageOptions> options)
    {
        using var database = new JournalDatabase(options);
        await database.StartAsync(default);
    }

    private static StorageOptions Storage(Database database) => new()
    {
        Database = database is SqliteDatabase ? WebChat.Actors.Options.DatabaseKind.Sqlite : WebChat.Actors.Options.DatabaseKind.Postgres,
        ConnectionString = database.ConnectionString,
    };

    private static Microsoft.Extensions.Options.IOptions<StorageOptions> Options(Database database, Folder data)
    {
        var storage = Storage(database);
        storage.DataDirectory = data.Path;
        return Microsoft.Extensions.Options.Options.Create(storage);
    }
}
