using System.Globalization;
using Microsoft.Data.Sqlite;
using WebChat.Actors.Journal;
using WebChat.Actors.Options;

namespace WebChat.Edge.Commands;

/// <summary>
/// What an operator does with the database from the command line: <c>backup FILE</c>, also while the server runs, and
/// <c>restore FILE</c>, while it does not.
/// </summary>
public sealed class DatabaseCommands(StorageOptions storage, TextWriter output, TextWriter errors)
{
    private const int Succeeded = 0;
    private const int Failed = 1;

    // Asked for only where it is a file: a connection string of PostgreSQL's names none.
    private string DatabaseFile => Path.GetFullPath(JournalDatabase.SqliteFile(storage).DataSource);

    /// <summary>The command that the arguments name; null if they name none.</summary>
    public static Func<int>? Find(string[] arguments, IConfiguration configuration)
    {
        if (arguments is not [("backup" or "restore" or "migrate" or "schema") and var verb, .. var rest])
            return null;
        var storage = configuration.GetSection("WebChat").Get<StorageOptions>() ?? new();
        var commands = new DatabaseCommands(storage, Console.Out, Console.Error);
        var schema = new SchemaCommands(storage, Console.Out, Console.Error);
        return (verb, rest) switch
        {
            ("migrate", _) => schema.Migrate,
            ("schema", _) => schema.Show,
            (_, [] or [['-', ..], ..]) => () => commands.Fail($"Usage: {verb} FILE [--WebChat:DataDirectory=…]"),
            ("backup", [var file, ..]) => () => commands.Backup(file),
            (_, [var file, ..]) => () => commands.Restore(file),
        };
    }

    /// <summary>Copies the database, as it is at one moment, to a new file. Gives the exit code.</summary>
    public int Backup(string file)
    {
        if (storage.Database != DatabaseKind.Sqlite)
            return Fail("The journal is in PostgreSQL: use pg_dump.");
        if (!File.Exists(DatabaseFile))
            return Fail($"There is no database at {DatabaseFile}.");
        if (File.Exists(file))
            return Fail($"{file} exists already.");
        var unfinished = $"{file}.unfinished";
        Copy(DatabaseFile, unfinished);
        if (DatabaseCheck.Fault(unfinished) is { } fault)
            return Fail($"The copy at {unfinished} is not good: {fault}.");
        File.Move(unfinished, file);
        output.WriteLine($"{DatabaseFile} is copied to {file}.");
        return Succeeded;
    }

    /// <summary>Puts a backup in the place of the database, which is kept beside it. Gives the exit code.</summary>
    public int Restore(string file)
    {
        if (storage.Database != DatabaseKind.Sqlite)
            return Fail("The journal is in PostgreSQL: use pg_restore.");
        if (DatabaseCheck.Fault(file) is { } fault)
            return Fail($"{file} is not restored: {fault}.");
        try
        {
            using var alone = new DataDirectoryLock(Path.GetFullPath(storage.DataDirectory));
            var unfinished = $"{DatabaseFile}.unfinished";
            Copy(file, unfinished);
            foreach (var kept in SetAside())
                output.WriteLine($"What was there is kept as {kept}.");
            File.Move(unfinished, DatabaseFile);
            output.WriteLine($"{file} is restored to {DatabaseFile}.");
            return Succeeded;
        }
        catch (DataInUseException taken)
        {
            return Fail($"{file} is not restored: {taken.Message} Stop it first.");
        }
    }

    // SQLite's own backup sees one moment of a database that is written to, its log included, and makes one whole file of it.
    private static void Copy(string from, string to)
    {
        File.Delete(to);
        using (var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = from, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()))
        using (var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = to, Pooling = false }.ToString()))
        {
            source.Open();
            copy.Open();
            source.BackupDatabase(copy);
            using var single = copy.CreateCommand();
            single.CommandText = "PRAGMA journal_mode = DELETE";
            single.ExecuteNonQuery();
        }

        using var written = new FileStream(to, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    // The log belongs to the database: left behind, SQLite would take it for the new one's.
    private List<string> SetAside()
    {
        var stamp = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var kept = new List<string>();
        foreach (var suffix in (string[])["-wal", "-shm", ""])
        {
            if (!File.Exists(DatabaseFile + suffix))
                continue;
            kept.Add($"{DatabaseFile}.before-{stamp}{suffix}");
            File.Move(DatabaseFile + suffix, kept[^1]);
        }

        return kept;
    }

    private int Fail(string why)
    {
        errors.WriteLine(why);
        return Failed;
    }
}
