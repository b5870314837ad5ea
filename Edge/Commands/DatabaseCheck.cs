using Microsoft.Data.Sqlite;
using WebChat.Actors.Journal.Schema;
using WebChat.Actors.Options;

namespace WebChat.Edge.Commands;

/// <summary>Looks whether a file is a whole WebChat database.</summary>
public static class DatabaseCheck
{
    private static readonly string[] Tables = ["journal", "snapshot", "tags"];

    /// <summary>What is wrong with the file; null if nothing is.</summary>
    public static string? Fault(string file)
    {
        if (!File.Exists(file))
            return "there is no such file";
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            if (Text(connection, "PRAGMA integrity_check") is var verdict && verdict != "ok")
                return $"SQLite finds it damaged: {verdict}";
            foreach (var table in Tables)
            {
                if (Text(connection, $"SELECT name FROM sqlite_master WHERE type = 'table' AND name = '{table}'") is null)
                    return $"it has no table {table}, so it is no WebChat database";
            }

            new JournalSchema(new StorageOptions { ConnectionString = connection.ConnectionString }).RefuseLater();

            // What was deleted is gone from the front, so that a gap can be nothing but a loss.
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
