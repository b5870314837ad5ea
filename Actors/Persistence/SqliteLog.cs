using Microsoft.Data.Sqlite;

namespace WebChat.Actors.Persistence;

/// <summary>SQLite's write-ahead log. On PostgreSQL it is always empty.</summary>
public sealed class SqliteLog(JournalDatabase database)
{
    /// <summary>The log's size in bytes.</summary>
    public long Length => database.IsSqlite && new FileInfo($"{new SqliteConnectionStringBuilder(database.ConnectionString).DataSource}-wal") is { Exists: true } file ? file.Length : 0;

    /// <summary>Copies the log into the database and empties it. False if other connections use it.</summary>
    /// <param name="timeout">How long to wait for other connections. Writers wait meanwhile.</param>
    /// <exception cref="SqliteException">The database cannot be opened or written.</exception>
    public bool TryEmpty(TimeSpan timeout)
    {
        if (!database.IsSqlite)
            return true;
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA busy_timeout = {(int)timeout.TotalMilliseconds}";
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using var outcome = command.ExecuteReader();
        return outcome.Read() && outcome.GetInt64(0) == 0;
    }
}
