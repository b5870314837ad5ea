using Microsoft.Data.Sqlite;

namespace WebChat.SignalR;

/// <summary>Inserts each message in a transaction of its own.</summary>
internal sealed class MessageTable : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    public MessageTable(string file)
    {
        _connection = new($"Data Source={file}");
        _connection.Open();
        using (var create = _connection.CreateCommand())
        {
            create.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE message (id INTEGER PRIMARY KEY, room TEXT, text TEXT)";
            create.ExecuteNonQuery();
        }

        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO message (room, text) VALUES ($room, $text) RETURNING id";
        _insert.Parameters.Add("$room", SqliteType.Text);
        _insert.Parameters.Add("$text", SqliteType.Text);
    }

    /// <summary>Returns the message's id when it is on disk.</summary>
    public long Insert(string room, string text)
    {
        lock (_lock)
        {
            (_insert.Parameters[0].Value, _insert.Parameters[1].Value) = (room, text);
            return (long)_insert.ExecuteScalar()!;
        }
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
