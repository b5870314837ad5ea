using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Schema;

namespace WebChat.Edge.Commands;

/// <summary>The commands for the database's schema: <c>migrate</c> and <c>schema</c>.</summary>
public sealed class SchemaCommands(StorageOptions storage, TextWriter output)
{
    private readonly JournalSchema _schema = new(storage);

    private bool IsSqlite => storage.Database == DatabaseKind.Sqlite;

    /// <summary>Prints the version of the database and the one that this program needs.</summary>
    public void Show()
    {
        if (IsSqlite && JournalDatabase.SqliteFile(storage).DataSource is var file && !File.Exists(file))
            throw new CommandException($"There is no database at {file}.");
        output.WriteLine($"The database has schema version {_schema.Version()}; this program needs version {_schema.Needed}.");
    }

    /// <summary>Migrates the schema to the version that this program needs.</summary>
    public void Migrate()
    {
        // A running server would go on as if the file had the version of before.
        using var alone = IsSqlite ? new DataDirectoryLock(Path.GetFullPath(storage.DataDirectory)) : null;
        foreach (var script in _schema.Migrate())
            output.WriteLine($"Done: {script}.");
        Show();
    }
}
