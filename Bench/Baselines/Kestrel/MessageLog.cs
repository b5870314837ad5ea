using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace WebChat.Kestrel;

/// <summary>Group commit: one thread takes all messages that have queued into one transaction, and delivers them when it is on disk.</summary>
internal sealed class MessageLog : IAsyncDisposable
{
    private readonly Channel<Message> _queue = Channel.CreateUnbounded<Message>(new() { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly Task _writing;

    public MessageLog(string file)
    {
        _connection = new($"Data Source={file}");
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("CREATE TABLE message (room TEXT, seq INTEGER, text TEXT, PRIMARY KEY (room, seq)) WITHOUT ROWID");
        _writing = Task.Factory.StartNew(Write, TaskCreationOptions.LongRunning);
    }

    public void Append(Message message) => _queue.Writer.TryWrite(message);

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.Complete();
        await _writing;
        await _connection.DisposeAsync();
    }

    private void Write()
    {
        using var insert = _connection.CreateCommand();
        insert.CommandText = "INSERT INTO message (room, seq, text) VALUES ($room, $seq, $text)";
        var (room, seq, text) = (insert.Parameters.Add("$room", SqliteType.Text), insert.Parameters.Add("$seq", SqliteType.Integer), insert.Parameters.Add("$text", SqliteType.Text));
        var batch = new List<Message>();
        while (_queue.Reader.WaitToReadAsync().AsTask().Result)
        {
            while (_queue.Reader.TryRead(out var message))
                batch.Add(message);
            using (var transaction = _connection.BeginTransaction())
            {
                insert.Transaction = transaction;
                foreach (var message in batch)
                {
                    (room.Value, seq.Value, text.Value) = (message.Room.Id, message.Seq, message.Text);
                    insert.ExecuteNonQuery();
                }

                transaction.Commit();
            }

            foreach (var message in batch)
                message.Room.Deliver(message);
            batch.Clear();
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
