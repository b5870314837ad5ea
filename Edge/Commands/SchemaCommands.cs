using System.Data.Common;
using WebChat.Actors.Journal;
using WebChat.Actors.Journal.Schema;
using WebChat.Actors.Options;

namespace WebChat.Edge.Commands;

/// <summary>
/// What an operator does about the database's schema from the command line: <c>schema</c> tells its version, <c>migrate</c> brings
/// it to the version that this program works on, which else is done when the server starts.
/// </summary>
public sealed class SchemaCommands(StorageOptions storage, TextWriter output, TextWriter errors)
{
    private const int Succeeded = 0;
    private const int Failed = 1;

    private readonly JournalSchema _schema = new(storage);

    private bool IsSqlite => storage.Database == DatabaseKind.Sqlite;

    /// <summary>Tells the database's version and the program's. Gives the exit code.</summary>
    public int Show() => Try(() =>
    {
        if (IsSqlite && JournalDatabase.SqliteFile(storage).DataSource is var file && !File.Exists(file))
            return Fail($"There is no database at {file}.");
        output.WriteLine($"The database is of schema version {_schema.Version()}; this program needs version {_schema.Known}.");
        return Succeeded;
    });

    /// <summary>Takes the steps that the database lacks. Gives the exit code.</summary>
    public int Migrate() => Try(() =>
    {
        // Whoever works on the file would go on as if it were of the version before.
        using var alone = IsSqlite ? new DataDirectoryLock(Path.GetFullPath(storage.DataDirectory)) : null;
        foreach (var step in _schema.Migrate())
            output.WriteLine($"Done: {step.Name}.");
        return Show();
    });

    private int Try(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (DataInUseException taken)
        {
            return Fail($"{taken.Message} Stop it first.");
        }
        catch (SchemaException refused)
        {
            return Fail(refused.Message);
        }
        catch (DbException unreachable)
        {
            return Fail($"The database cannot be used: {unreachable.Message}");
        }
    }

    private int Fail(string why)
    {
        errors.WriteLine(why);
        return Failed;
    }
}
