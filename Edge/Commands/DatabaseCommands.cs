using System.Globalization;
using Microsoft.Data.Sqlite;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;

namespace WebChat.Edge.Commands;

/// <summary>The commands for a SQLite database: <c>backup FILE</c>, also while the server runs, and <c>restore FILE</c>, while it is stopped.</summary>
public sealed class DatabaseCommands(StorageOptions storage, TextWriter output)
{
    private string DatabaseFile => Path.GetFullPath(JournalDatabase.SqliteFile(storage).DataSource);

    /// <summary>Copies the database, as it is at one moment, to a new file.</summary>
    public void Backup(string file)
    {
        RequireSqlite("pg_dump");
        if (!File.Exists(DatabaseFile))
            throw new CommandException($"There is no database at {DatabaseFile}.");
        if (File.Exists(file))
            throw new CommandException($"{file} already exists.");
        var unfinished = $"{file}.unfinished";
        Copy(DatabaseFile, unfinished);
        if (DatabaseCheck.Fault(unfinished) is { } fault)
            throw new CommandException($"The copy at {unfinished} is invalid: {fault}.");
        File.Move(unfinished, file);
        output.WriteLine($"Copied {DatabaseFile} to {file}.");
    }

    /// <summary>Replaces the database by a backup, and keeps the old database beside it.</summary>
    public void Restore(string file)
    {
        RequireSqlite("pg_restore");
        if (DatabaseCheck.Fault(file) is { } fault)
            throw new CommandException($"{file} cannot be restored: {fault}.");
        using var alone = new DataDirectoryLock(Path.GetFullPath(storage.DataDirectory));
        var unfinished = $"{DatabaseFile}.unfinished";
        Copy(file, unfinished);
        foreach (var kept in SetAside())
            output.WriteLine($"Kept the old database as {kept}.");
        File.Move(unfinished, DatabaseFile);
        output.WriteLine($"Restored {file} to {DatabaseFile}.");
    }

    private void RequireSqlite(string tool)
    {
        if (storage.Database != DatabaseKind.Sqlite)
            throw new CommandException($"The journal is in PostgreSQL: use {tool}.");
    }

    // SQLite's backup API copies one moment of a database in use, including its log, into a single file.
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

    // The log belongs to the database: SQLite would apply a log left behind to the new database.
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
}
