using Microsoft.Data.Sqlite;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence.Schema;

namespace WebChat.Edge.Commands;

/// <summary>Checks that a file is a complete WebChat database.</summary>
public static class DatabaseCheck
{
    private static readonly string[] Tables = ["journal", "snapshot", "tags"];

    /// <summary>The fault of the file; null if there is none.</summary>
    public static string? Fault(string file)
    {
        if (!File.Exists(file))
            return "the file does not exist";
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            if (Text(connection, "PRAGMA integrity_check") is var verdict && verdict != "ok")
                return $"the file is damaged: {verdict}";
            foreach (var table in Tables)
            {
                if (Text(connection, $"SELECT name FROM sqlite_master WHERE type = 'table' AND name = '{table}'") is null)
                    return $"it is not a WebChat database: the table {table} is missing";
            }

            new JournalSchema(new StorageOptions { ConnectionString = connection.ConnectionString }).RefuseLater();

            // Events are deleted from the front only, so a gap means a loss.
            return Text(connection, "SELECT persistence_id FROM journal GROUP BY persistence_id HAVING MAX(sequence_number) - MIN(sequence_number) + 1 <> COUNT(*)") is { } gap
                ? $"events of {gap} are missing"
                : null;
        }
        catch (SchemaException later)
        {
            return later.Message.TrimEnd('.');
        }
        catch (SqliteException unreadable)
        {
            return $"SQLite cannot read it: {unreadable.Message}";
        }
    }

    private static string? Text(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar() as string;
    }
}
