using System.Data.Common;
using LinqToDB.Interceptors;
using Microsoft.Data.Sqlite;

namespace WebChat.Actors.Persistence;

/// <summary>Sets up each SQLite connection of Akka.Persistence.Sql, and lets its writes share transactions.</summary>
internal sealed class SqliteInterceptor : ConnectionInterceptor
{
    // Microsoft.Data.Sqlite runs its asynchronous calls synchronously. Without this yield, the plug-in's write stream blocks in
    // each insert, never sees a second write, and commits every event on its own. With it, the stream collects the writes that
    // arrive while one transaction commits, and the next transaction takes them all.
    public override async Task ConnectionOpeningAsync(ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken) =>
        await Task.Yield();

    public override void ConnectionOpened(ConnectionEventData eventData, DbConnection connection) => SqlitePragmas.Apply((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
    {
        ConnectionOpened(eventData, connection);
        return Task.CompletedTask;
    }
}
