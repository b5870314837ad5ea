using Microsoft.Data.Sqlite;

namespace WebChat.Actors.Journal;

/// <summary>The settings of a connection that writes to SQLite.</summary>
internal static class SqlitePragmas
{
    /// <summary>Applies the settings. A pooled connection keeps those of its last user, so this is done each time one is opened.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="lockTimeout">How long a lock is waited for; null: as long as the connection string says.</param>
    public static void Apply(SqliteConnection connection, TimeSpan? lockTimeout = null)
    {
        // SQLite waits for the lock itself. Microsoft.Data.Sqlite would try again only every 150 ms.
        var milliseconds = (int)(lockTimeout ?? TimeSpan.FromSeconds(connection.DefaultTimeout)).TotalMilliseconds;
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA busy_timeout = {milliseconds}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000";
        command.ExecuteNonQuery();
    }
}
