using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace WebChat.Tests.Actors.Simulation;

/// <summary>A row of the journal, or a snapshot.</summary>
internal sealed record Row(string PersistenceId, long SequenceNumber, string Manifest, byte[] Message, IReadOnlyList<string> Tags);

/// <summary>A fault of the simulated disk.</summary>
internal sealed class DiskFault(string message) : IOException(message);

/// <summary>
/// What is left after a crash: the journal, in the tables that the server's own queries read, and the snapshots. It decides by
/// chance when a write reaches it, whether it does, and what the writer learns of it.
/// </summary>
internal sealed class Disk : IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(4);

    private readonly Simulation _simulation;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _tag;
    private readonly Dictionary<string, List<Row>> _snapshots = [];
    private readonly List<PendingWrite> _pending = [];
    private readonly HashSet<string> _refused = [];

    public Disk(Simulation simulation, string file)
    {
        _simulation = simulation;
        _connection = new($"Data Source={file};Pooling=False");
        _connection.Open();
        Execute("PRAGMA synchronous = OFF");
        _insert = Command(
            """
            INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid)
            VALUES (0, 0, @id, @seq, @message, @manifest, 101, '') RETURNING ordering
            """,
            "@id", "@seq", "@message", "@manifest");
        _tag = Command("INSERT INTO tags (ordering_id, tag, sequence_nr, persistence_id) VALUES (@ordering, @tag, @seq, @id)", "@ordering", "@tag", "@seq", "@id");
    }

    /// <summary>The share of writes with a fault, of 1,000.</summary>
    public int Faults { get; set; }

    /// <summary>Whether it loses one of fifty writes that it acknowledges, as no disk may.</summary>
    public bool IsLossy { get; init; }

    /// <summary>Called with each row that is on disk from now on.</summary>
    public Action<Row> Written { get; init; } = _ => { };

    /// <summary>The snapshots of a persistence id, oldest first.</summary>
    public List<Row> Snapshots(string persistenceId) =>
        _snapshots.TryGetValue(persistenceId, out var saved) ? saved : _snapshots[persistenceId] = [];

    /// <summary>Writes, or fails to. Akka hands over the next write before the actor learns that one is rejected, so all further writes of that actor are rejected as well.</summary>
    /// <param name="persistenceId">The persistence id of all rows.</param>
    /// <param name="writer">The incarnation of the actor.</param>
    /// <param name="writes">The rows of each decision, which are written together.</param>
    public Task<IImmutableList<Exception>> Write(string persistenceId, string writer, Row[][] writes)
    {
        var write = new PendingWrite(persistenceId, writes);
        _pending.Add(write);
        if (_refused.Contains(writer))
        {
            Later(Moment(20), () => Reject(write));
            return write.Answered.Task;
        }

        var random = _simulation.Random;
        if (IsLossy && random.Next(50) == 0)
        {
            Later(Moment(5), () =>
            {
                End(write);
                Answer(write);
            });
            return write.Answered.Task;
        }

        var isFaulty = random.Next(1_000) < Faults;
        switch (isFaulty ? random.Next(5) : -1)
        {
            case 0:
                Later(Moment(20), () => Answer(write, "lost", new DiskFault("The write is lost.")));
                break;
            case 1:
                _refused.Add(writer);
                Later(Moment(20), () => Reject(write));
                break;
            case 2: // on disk, but its writer does not learn of it
                Later(Moment(20), () => Commit(write));
                Later(CallTimeout, () => Answer(write, "timed out", new TimeoutException()));
                break;
            case 3: // on disk long after its writer has given up
                Later(CallTimeout, () => Answer(write, "timed out", new TimeoutException()));
                Later(CallTimeout + Moment(3_000), () => Commit(write));
                break;
            case 4:
                Later(Moment(3_900), () => Commit(write));
                Later(TimeSpan.FromMilliseconds(3_900), () => Answer(write));
                break;
            default:
                var committed = Moment(5);
                Later(committed, () => Commit(write));
                Later(committed + Moment(random.Next(4) == 0 ? 300 : 2), () => Answer(write));
                break;
        }

        return write.Answered.Task;
    }

    /// <summary>Waits until no write of a persistence id is in progress.</summary>
    public Task WritesOf(string persistenceId) => Task.WhenAll(_pending.Where(write => write.PersistenceId == persistenceId).Select(write => write.Ended.Task));

    /// <summary>A read, which takes a while, and may fail.</summary>
    public Task Reads()
    {
        var read = new TaskCompletionSource();
        var fails = _simulation.Random.Next(2_000) < Faults;
        Later(Moment(fails ? 2_000 : 5), () =>
        {
            if (fails)
                read.SetException(new DiskFault("The read fails."));
            else
                read.SetResult();
        });
        return read.Task;
    }

    /// <summary>The process ends: of the writes in progress, some have still reached the disk.</summary>
    public void Crash()
    {
        foreach (var write in _pending.Where(write => !write.IsOver).ToList())
        {
            if (_simulation.Random.Next(2) == 0)
                Commit(write);
        }

        _pending.Clear();
    }

    /// <summary>The highest sequence number of a persistence id.</summary>
    public long Highest(string persistenceId)
    {
        using var command = Command("SELECT COALESCE(MAX(sequence_number), 0) FROM journal WHERE persistence_id = @id", "@id");
        command.Parameters[0].Value = persistenceId;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Some rows of a persistence id, in order.</summary>
    public List<Row> Read(string persistenceId, long from = 1, long to = long.MaxValue)
    {
        using var command = Command(
            "SELECT persistence_id, sequence_number, manifest, message FROM journal WHERE persistence_id = @id AND sequence_number BETWEEN @from AND @to AND deleted = 0 ORDER BY sequence_number",
            "@id", "@from", "@to");
        (command.Parameters[0].Value, command.Parameters[1].Value, command.Parameters[2].Value) = (persistenceId, from, to);
        return Rows(command);
    }

    /// <summary>All rows, in the order in which they were written.</summary>
    public List<Row> ReadAll()
    {
        using var command = Command("SELECT persistence_id, sequence_number, manifest, message FROM journal WHERE deleted = 0 ORDER BY ordering");
        return Rows(command);
    }

    /// <summary>Deletes rows, but keeps the highest sequence number in mind, as Akka.Persistence.Sql does.</summary>
    public void Delete(string persistenceId, long to)
    {
        using var command = Command(
            """
            UPDATE journal SET deleted = 1 WHERE persistence_id = @id AND sequence_number <= @to;
            DELETE FROM journal WHERE persistence_id = @id AND sequence_number <= @to
                AND sequence_number < (SELECT MAX(sequence_number) FROM journal WHERE persistence_id = @id AND sequence_number <= @to)
            """,
            "@id", "@to");
        (command.Parameters[0].Value, command.Parameters[1].Value) = (persistenceId, to);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _tag.Dispose();
        _connection.Dispose();
    }

    private TimeSpan Moment(int milliseconds) => TimeSpan.FromMilliseconds(_simulation.Random.Next(milliseconds));

    private void Later(TimeSpan delay, Action action) => _simulation.Machine.After(delay, action);

    private void Commit(PendingWrite write)
    {
        using (var transaction = _connection.BeginTransaction())
        {
            (_insert.Transaction, _tag.Transaction) = (transaction, transaction);
            foreach (var row in write.Rows)
                Insert(row);
            transaction.Commit();
        }

        _simulation.Trace($"disk   {write} is written");
        write.IsOver = true;
        foreach (var row in write.Rows)
            Written(row);
        write.Ended.TrySetResult();
        if (write.Answered.Task.IsCompleted)
            _pending.Remove(write);
    }

    private void Answer(PendingWrite write, string outcome = "", Exception? failure = null)
    {
        if (failure is null)
        {
            write.Answered.TrySetResult(null!);
        }
        else
        {
            _simulation.Trace($"disk   {write} is {outcome}");
            if (failure is DiskFault)
                End(write);
            write.Answered.TrySetException(failure);
        }

        if (write.IsOver)
            _pending.Remove(write);
    }

    private void Reject(PendingWrite write)
    {
        _simulation.Trace($"disk   {write} is rejected");
        End(write);
        write.Answered.TrySetResult([.. write.Writes.Select(_ => new DiskFault("The write is rejected."))]);
        _pending.Remove(write);
    }

    private static void End(PendingWrite write)
    {
        write.IsOver = true;
        write.Ended.TrySetResult();
    }

    private void Insert(Row row)
    {
        (_insert.Parameters[0].Value, _insert.Parameters[1].Value, _insert.Parameters[2].Value, _insert.Parameters[3].Value) =
            (row.PersistenceId, row.SequenceNumber, row.Message, row.Manifest);
        var ordering = _insert.ExecuteScalar();
        foreach (var tag in row.Tags)
        {
            (_tag.Parameters[0].Value, _tag.Parameters[1].Value, _tag.Parameters[2].Value, _tag.Parameters[3].Value) = (ordering, tag, row.SequenceNumber, row.PersistenceId);
            _tag.ExecuteNonQuery();
        }
    }

    private static List<Row> Rows(SqliteCommand command)
    {
        var rows = new List<Row>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
            rows.Add(new(reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3), []));
        return rows;
    }

    private SqliteCommand Command(string text, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { ParameterName = parameter });
        return command;
    }

    private void Execute(string text)
    {
        using var command = Command(text);
        command.ExecuteNonQuery();
    }

    private sealed class PendingWrite(string persistenceId, Row[][] writes)
    {
        public string PersistenceId => persistenceId;

        public Row[][] Writes => writes;

        public IEnumerable<Row> Rows => writes.SelectMany(rows => rows);

        /// <summary>Whether it is on disk, or never will be.</summary>
        public bool IsOver { get; set; }

        public TaskCompletionSource Ended { get; } = new();

        public TaskCompletionSource<IImmutableList<Exception>> Answered { get; } = new();

        public override string ToString() => string.Join(", ", Rows.Select(row => $"{persistenceId} #{row.SequenceNumber} {row.Manifest}"));
    }
}
