using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WebChat.Actors.Persistence;

/// <summary>The settings of a connection that writes to SQLite.</summary>
internal static class SqlitePragmas
{
    private static readonly ConditionalWeakTable<sqlite3, object> Prepared = [];

    /// <summary>Applies the settings once to each connection of the pool, which keeps them.</summary>
    /// <param name="connection">An open connection.</param>
    public static void Apply(SqliteConnection connection)
    {
        if (!Prepared.TryAdd(connection.Handle!, Prepared))
            return;
        // With this, SQLite waits for the lock itself. Microsoft.Data.Sqlite would retry only every 150 ms.
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA busy_timeout = {connection.DefaultTimeout * 1000}; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16000; PRAGMA secure_delete = ON";
        command.ExecuteNonQuery();
    }
}
