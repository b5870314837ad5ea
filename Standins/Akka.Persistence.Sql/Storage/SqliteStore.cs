using System.Collections.Concurrent;
using System.Text;
using Akka.Persistence.Sql.Storage.Native;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Akka.Persistence.Sql.Storage;

/// <summary>A SQLite database in WAL mode, so that readers and the writer never wait for each other.</summary>
internal sealed class SqliteStore : SqlStore
{
    private const int Columns = 7;

    /// <summary>
    /// Bytes written to the log after which it is copied back into the database, beside the writer. A page that the log holds many times is copied
    /// once, so the longer the log the less is copied: 200 actors wrote some 70,000 events a second with 16 MiB and 110,000 with this, at pages of 4 KiB.
    /// </summary>
    private const int CheckpointBytes = 128 * 1024 * 1024;

    /// <summary>Bytes left in the log that the writer copies back itself, to let the log start afresh.</summary>
    private const int FinishBytes = 4 * 1024 * 1024;

    private const int MaxReaders = 4;

    // Rows that one INSERT takes. AUTOINCREMENT keeps its counter once a statement, so more rows a statement cost less each.
    private static readonly int[] RowsOfInsert = [64, 16, 4, 1];
    private static readonly string[] Inserts = [.. RowsOfInsert.Select(InsertOf)];

    private readonly byte[] _writerUuidUtf8;
    private readonly string _synchronous;
    private readonly int _checkpointBytes;
    private readonly ConcurrentBag<SqliteConnectionHandle> _readers = [];
    private readonly SemaphoreSlim _readerPlaces = new(MaxReaders);
    private readonly sqlite3_stmt?[] _inserts = new sqlite3_stmt?[RowsOfInsert.Length];
    private readonly (AppendRequest Append, int Index)[] _pending = new (AppendRequest, int)[RowsOfInsert[0]];
    private int _pendingCount;
    private SqliteConnectionHandle? _writer;
    private Task _checkpoint = Task.CompletedTask;
    private int _pageSize;
    private long _bytesSinceCheckpoint;
    private volatile bool _finishCheckpoint;
    private bool _readersClosed;

    public SqliteStore(StoreSettings settings)
        : base(settings)
    {
        _writerUuidUtf8 = Encoding.UTF8.GetBytes(WriterUuid);

        // Every commit reaches the disk before it is acknowledged. A measurement may ask for less; no configuration can.
        _synchronous = AppContext.GetData("Akka.Persistence.Sql.SqliteSynchronous") as string ?? "FULL";

        // A test may have the log copied back more often than so many bytes of it come about in its time.
        _checkpointBytes = AppContext.GetData("Akka.Persistence.Sql.SqliteCheckpointBytes") as int? ?? CheckpointBytes;
    }

    protected override void CreateTables()
    {
        using var connection = new SqliteConnectionHandle(Settings.ConnectionString);
        connection.Execute($"PRAGMA page_size = {SqliteSchema.PageSize}");
        connection.Execute("PRAGMA journal_mode = WAL");
        if (HasTables(connection))
        {
            // Nothing to write: a database that another process has locked can still be read.
            return;
        }

        connection.Execute("BEGIN IMMEDIATE");
        connection.Execute(SqliteSchema.Create);
        connection.Execute("COMMIT");
    }

    protected override void Commit(ReadOnlySpan<WriteRequest> batch)
    {
        if (IsOnlyBarriers(batch))
        {
            return;
        }

        var writer = Writer();
        try
        {
            writer.Run("BEGIN IMMEDIATE");
            _pendingCount = 0;
            for (var part = batch; part.Length > 0;)
            {
                foreach (var request in part)
                {
                    Write(writer, request);
                }

                part = TakeLate();
                if (part.Length == 0)
                {
                    Flush(writer, alone: false);
                    part = TakeLate();
                }
            }

            writer.Run("COMMIT");
        }
        catch (Exception failure)
        {
            Abandon(failure);
            throw;
        }
    }

    protected override void CommitEach(ReadOnlySpan<WriteRequest> batch, Span<Exception?> failures)
    {
        var writer = Writer();
        try
        {
            writer.Run("BEGIN IMMEDIATE");
            for (var i = 0; i < batch.Length; i++)
            {
                writer.Run("SAVEPOINT request");
                try
                {
                    _pendingCount = 0;
                    Write(writer, batch[i], alone: true);
                    Flush(writer, alone: true);
                }
                catch (Exception failure) when (IsFaultOfOneRequest(failure) && writer.InTransaction)
                {
                    failures[i] = failure;
                    writer.Run("ROLLBACK TO request");
                }

                writer.Run("RELEASE request");
            }

            writer.Run("COMMIT");
        }
        catch (Exception failure)
        {
            Abandon(failure);
            throw;
        }
    }

    protected override bool IsFaultOfOneRequest(Exception failure) => failure is SqliteException
    {
        SqliteErrorCode: raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH
    };

    protected override void BetweenBatches()
    {
        if (_writer is null)
        {
            return;
        }

        if (_finishCheckpoint)
        {
            // What the checkpoint beside the writer could not reach is little; with nobody writing in between, the log can start afresh.
            _finishCheckpoint = false;
            _ = raw.sqlite3_wal_checkpoint_v2(_writer.Handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
        }

        _ = raw.sqlite3_db_status(_writer.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        _bytesSinceCheckpoint += (long)pages * _pageSize;
        if (_bytesSinceCheckpoint >= _checkpointBytes && _checkpoint.IsCompleted)
        {
            _bytesSinceCheckpoint = 0;
            _checkpoint = Task.Run(Checkpoint);
        }
    }

    protected override Task<EventPage> ReadPage(string persistenceId, long fromSequenceNr, long toSequenceNr, long max) =>
        Read(reader => ReadPage(reader, persistenceId, fromSequenceNr, toSequenceNr, max));

    protected override Task<SnapshotRow?> ReadNewestSnapshot(string persistenceId, SnapshotRange range) =>
        Read(reader => ReadNewestSnapshot(reader, persistenceId, range));

    protected override void CloseWriter()
    {
        _checkpoint.Wait();
        _writer?.Dispose();
        _writer = null;
    }

    protected override void CloseReaders()
    {
        lock (_readers)
        {
            _readersClosed = true;
        }

        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private static bool HasTables(SqliteConnectionHandle connection) =>
        ReadNumber(connection, "SELECT count(*) FROM sqlite_master WHERE type='table' AND name IN ('journal','tags','snapshot')") == 3;

    private static long ReadNumber(SqliteConnectionHandle connection, string sql)
    {
        var statement = connection.Prepare(sql);
        long number = 0;
        while (connection.Step(statement))
        {
            number = raw.sqlite3_column_int64(statement, 0);
        }

        return number;
    }

    private static string InsertOf(int rows)
    {
        var values = Enumerable.Range(0, rows).Select(row =>
            $"(?{(row * Columns) + 1},0,?{(row * Columns) + 2},?{(row * Columns) + 3},?{(row * Columns) + 4},?{(row * Columns) + 5},?{(row * Columns) + 6},?{(row * Columns) + 7})");

        // OR ROLLBACK spares the statement its own undo log: on a conflict the whole batch is written anew, request by request.
        return (rows == 1 ? "INSERT" : "INSERT OR ROLLBACK")
            + " INTO journal(created,deleted,persistence_id,sequence_number,message,manifest,identifier,writer_uuid) VALUES "
            + string.Join(',', values);
    }

    private static bool IsOnlyBarriers(ReadOnlySpan<WriteRequest> batch)
    {
        foreach (var request in batch)
        {
            if (request is not BarrierRequest)
            {
                return false;
            }
        }

        return true;
    }

    private SqliteConnectionHandle Writer()
    {
        if (_writer is null)
        {
            var writer = new SqliteConnectionHandle(JoiningVfs.For(Settings.ConnectionString));
            try
            {
                _pageSize = (int)ReadNumber(writer, "PRAGMA page_size");
                writer.Execute($"PRAGMA synchronous = {_synchronous}");
                writer.Execute("PRAGMA wal_autocheckpoint = 0");

                // The index by persistence id is written all over: 16 MiB keep its upper levels of some ten million rows in memory.
                writer.Execute("PRAGMA cache_size = -16384");
            }
            catch (Exception)
            {
                writer.Dispose();
                throw;
            }

            _writer = writer;
        }

        return _writer;
    }

    /// <summary>Leaves a transaction that failed; a connection that cannot, or that found the disk or the file at fault, is replaced.</summary>
    private void Abandon(Exception failure)
    {
        var isSound = failure is not SqliteException { SqliteErrorCode: raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_CANTOPEN };
        try
        {
            _writer!.Rollback();
        }
        catch (SqliteException)
        {
            // The caller reports the first failure.
            isSound = false;
        }

        if (!isSound)
        {
            Array.Clear(_inserts);
            _writer!.Dispose();
            _writer = null;
        }
    }

    private void Write(SqliteConnectionHandle writer, WriteRequest request, bool alone = false)
    {
        if (request is AppendRequest append)
        {
            var rows = append.Rows;
            for (var i = 0; i < rows.Length; i++)
            {
                _pending[_pendingCount++] = (append, i);
                if (_pendingCount == _pending.Length)
                {
                    Flush(writer, alone);
                }
            }

            return;
        }

        Flush(writer, alone);
        switch (request)
        {
            case SaveSnapshotRequest save:
                Save(writer, save.Row);
                break;
            case DeleteSnapshotsRequest delete:
                Delete(writer, delete.PersistenceId, delete.Range);
                break;
            case DeleteEventsRequest delete:
                Delete(writer, delete.PersistenceId, delete.ToSequenceNr);
                break;
            case BarrierRequest:
                break;
            default:
                throw new NotSupportedException($"The writer has no statement for {request.GetType().Name}.");
        }
    }

    /// <summary>Inserts the rows that wait; <paramref name="alone"/> row by row, where a conflict must not undo more than itself.</summary>
    private void Flush(SqliteConnectionHandle writer, bool alone)
    {
        var count = _pendingCount;
        _pendingCount = 0;
        var done = 0;
        for (var size = alone ? RowsOfInsert.Length - 1 : 0; size < RowsOfInsert.Length; size++)
        {
            while (count - done >= RowsOfInsert[size])
            {
                Insert(writer, size, done);
                done += RowsOfInsert[size];
            }
        }
    }

    private void Insert(SqliteConnectionHandle writer, int size, int first)
    {
        var statement = _inserts[size] ??= writer.Prepare(Inserts[size]);
        var parameter = 0;
        var tagged = false;
        for (var i = first; i < first + RowsOfInsert[size]; i++)
        {
            var (append, index) = _pending[i];
            ref readonly var row = ref append.Rows[index];
            writer.Bind(statement, ++parameter, row.Created);
            writer.Bind(statement, ++parameter, append.PersistenceIdUtf8);
            writer.Bind(statement, ++parameter, row.SequenceNr);
            writer.BindBlob(statement, ++parameter, row.Message);
            writer.Bind(statement, ++parameter, row.Manifest);
            writer.Bind(statement, ++parameter, row.SerializerId ?? 0);
            writer.Bind(statement, ++parameter, _writerUuidUtf8);
            tagged |= row.Tags is { Count: > 0 };
        }

        writer.Run(statement);
        if (tagged)
        {
            InsertTags(writer, first, RowsOfInsert[size], writer.LastRowId);
        }
    }

    /// <summary>The rows of one INSERT have consecutive orderings, of which the last is known: nobody else writes in the meantime.</summary>
    private void InsertTags(SqliteConnectionHandle writer, int first, int count, long lastOrdering)
    {
        var statement = writer.Prepare("INSERT INTO tags(ordering_id,tag,sequence_nr,persistence_id) VALUES (?1,?2,?3,?4)");
        for (var i = 0; i < count; i++)
        {
            var (append, index) = _pending[first + i];
            ref readonly var row = ref append.Rows[index];
            foreach (var tag in row.Tags ?? [])
            {
                writer.Bind(statement, 1, lastOrdering - (count - 1 - i));
                writer.Bind(statement, 2, tag);
                writer.Bind(statement, 3, row.SequenceNr);
                writer.Bind(statement, 4, append.PersistenceIdUtf8);
                writer.Run(statement);
            }
        }
    }

    private static void Save(SqliteConnectionHandle writer, SnapshotRow row)
    {
        var statement = writer.Prepare(
            "INSERT OR REPLACE INTO snapshot(persistence_id,sequence_number,created,snapshot,manifest,serializer_id) VALUES (?1,?2,?3,?4,?5,?6)");
        writer.Bind(statement, 1, row.PersistenceId);
        writer.Bind(statement, 2, row.SequenceNr);
        writer.Bind(statement, 3, row.Created);
        writer.BindBlob(statement, 4, row.Snapshot);
        writer.Bind(statement, 5, row.Manifest);
        writer.Bind(statement, 6, row.SerializerId ?? 0);
        writer.Run(statement);
    }

    private static void Delete(SqliteConnectionHandle writer, string persistenceId, SnapshotRange range)
    {
        var statement = writer.Prepare(
            "DELETE FROM snapshot WHERE persistence_id=?1 AND sequence_number BETWEEN ?2 AND ?3 AND created BETWEEN ?4 AND ?5");
        BindRange(writer, statement, persistenceId, range);
        writer.Run(statement);
    }

    private static void Delete(SqliteConnectionHandle writer, string persistenceId, long toSequenceNr)
    {
        RunFor("UPDATE journal SET deleted=1 WHERE persistence_id=?1 AND sequence_number<=?2 AND deleted=0");

        // Only what lies under the highest deleted row goes: that row keeps the sequence number of a persistence id with no events left.
        RunFor("DELETE FROM tags WHERE persistence_id=?1 AND sequence_nr<min(?2,(SELECT max(sequence_number) FROM journal WHERE persistence_id=?1 AND sequence_number<=?2))");
        RunFor("DELETE FROM journal WHERE persistence_id=?1 AND sequence_number<(SELECT max(sequence_number) FROM journal WHERE persistence_id=?1 AND sequence_number<=?2)");

        void RunFor(string sql)
        {
            var statement = writer.Prepare(sql);
            writer.Bind(statement, 1, persistenceId);
            writer.Bind(statement, 2, toSequenceNr);
            writer.Run(statement);
        }
    }

    private static void BindRange(SqliteConnectionHandle connection, sqlite3_stmt statement, string persistenceId, SnapshotRange range)
    {
        connection.Bind(statement, 1, persistenceId);
        connection.Bind(statement, 2, range.MinSequenceNr);
        connection.Bind(statement, 3, range.MaxSequenceNr);
        connection.Bind(statement, 4, range.MinCreated);
        connection.Bind(statement, 5, range.MaxCreated);
    }

    private static EventPage ReadPage(SqliteConnectionHandle reader, string persistenceId, long fromSequenceNr, long toSequenceNr, long max)
    {
        // One transaction, so that the highest number and the rows are of one moment.
        reader.Run("BEGIN");
        try
        {
            var page = new EventPage(ReadHighest(reader, persistenceId), []);
            if (max > 0 && fromSequenceNr <= Math.Min(toSequenceNr, page.HighestSequenceNr))
            {
                ReadRows(reader, persistenceId, fromSequenceNr, toSequenceNr, max, page.Rows);
            }

            return page;
        }
        finally
        {
            reader.Rollback();
        }
    }

    private static long ReadHighest(SqliteConnectionHandle reader, string persistenceId)
    {
        var statement = reader.Prepare("SELECT max(sequence_number) FROM journal WHERE persistence_id=?1");
        reader.Bind(statement, 1, persistenceId);
        long highest = 0;
        while (reader.Step(statement))
        {
            highest = raw.sqlite3_column_int64(statement, 0);
        }

        return highest;
    }

    private static void ReadRows(SqliteConnectionHandle reader, string persistenceId, long from, long to, long max, List<EventRow> rows)
    {
        var statement = reader.Prepare(
            "SELECT sequence_number,created,message,manifest,identifier,writer_uuid FROM journal"
            + " WHERE persistence_id=?1 AND sequence_number BETWEEN ?2 AND ?3 AND deleted=0 ORDER BY sequence_number LIMIT ?4");
        reader.Bind(statement, 1, persistenceId);
        reader.Bind(statement, 2, from);
        reader.Bind(statement, 3, to);
        reader.Bind(statement, 4, max);
        var manifests = new RepeatedText();
        var writers = new RepeatedText();
        while (reader.Step(statement))
        {
            rows.Add(new EventRow
            {
                SequenceNr = raw.sqlite3_column_int64(statement, 0),
                Created = raw.sqlite3_column_int64(statement, 1),
                Message = raw.sqlite3_column_blob(statement, 2).ToArray(),
                Manifest = manifests.Read(statement, 3),
                SerializerId = raw.sqlite3_column_type(statement, 4) == raw.SQLITE_NULL ? null : raw.sqlite3_column_int(statement, 4),
                WriterUuid = writers.Read(statement, 5),
            });
        }
    }

    private static SnapshotRow? ReadNewestSnapshot(SqliteConnectionHandle reader, string persistenceId, SnapshotRange range)
    {
        var statement = reader.Prepare(
            "SELECT sequence_number,created,snapshot,manifest,serializer_id FROM snapshot"
            + " WHERE persistence_id=?1 AND sequence_number BETWEEN ?2 AND ?3 AND created BETWEEN ?4 AND ?5 ORDER BY sequence_number DESC LIMIT 1");
        BindRange(reader, statement, persistenceId, range);
        SnapshotRow? newest = null;
        while (reader.Step(statement))
        {
            newest = new SnapshotRow(
                persistenceId,
                raw.sqlite3_column_int64(statement, 0),
                raw.sqlite3_column_int64(statement, 1),
                raw.sqlite3_column_blob(statement, 2).ToArray(),
                raw.sqlite3_column_type(statement, 3) == raw.SQLITE_NULL ? null : raw.sqlite3_column_text(statement, 3).utf8_to_string(),
                raw.sqlite3_column_type(statement, 4) == raw.SQLITE_NULL ? null : raw.sqlite3_column_int(statement, 4));
        }

        return newest;
    }

    private async Task<T> Read<T>(Func<SqliteConnectionHandle, T> read)
    {
        await Initialized().ConfigureAwait(false);
        await _readerPlaces.WaitAsync().ConfigureAwait(false);
        try
        {
            return await Task.Run(() => ReadNow(read)).ConfigureAwait(false);
        }
        finally
        {
            _readerPlaces.Release();
        }
    }

    private T ReadNow<T>(Func<SqliteConnectionHandle, T> read)
    {
        if (!_readers.TryTake(out var reader))
        {
            // Without mmap_size, which would bring an actor back up to a fifth sooner: a disk that fails in a mapped page ends the process
            // instead of one read (https://sqlite.org/mmap.html).
            reader = new SqliteConnectionHandle(Settings.ConnectionString);
        }

        try
        {
            var result = read(reader);
            Return(reader);
            return result;
        }
        catch (Exception)
        {
            reader.Dispose();
            throw;
        }
    }

    private void Return(SqliteConnectionHandle reader)
    {
        lock (_readers)
        {
            if (!_readersClosed)
            {
                _readers.Add(reader);
                return;
            }
        }

        reader.Dispose();
    }

    private void Checkpoint()
    {
        try
        {
            using var connection = new SqliteConnectionHandle(Settings.ConnectionString);
            connection.Execute($"PRAGMA synchronous = {_synchronous}");
            var result = raw.sqlite3_wal_checkpoint_v2(connection.Handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out var inLog, out var copied);

            // Where the disk is too slow for so little to be left, the writer is held up rather than the log grown for ever.
            _finishCheckpoint = result == raw.SQLITE_OK
                && ((long)(inLog - copied) * _pageSize <= FinishBytes || (long)inLog * _pageSize >= 4L * _checkpointBytes);
        }
        catch (SqliteException)
        {
            // The log only grows until the next checkpoint, which is due after as many pages again; the events in it are safe.
            _finishCheckpoint = false;
        }
    }

    /// <summary>Text of a column that is the same in most rows, made a string once.</summary>
    private struct RepeatedText
    {
        private byte[]? _utf8;
        private string? _text;

        public string? Read(sqlite3_stmt statement, int column)
        {
            if (raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL)
            {
                return null;
            }

            // Asking for the text first makes SQLite hold it as UTF-8; its bytes are then the same memory.
            var utf8 = raw.sqlite3_column_blob(statement, column);
            if (_utf8 is null || !utf8.SequenceEqual(_utf8))
            {
                _utf8 = utf8.ToArray();
                _text = Encoding.UTF8.GetString(utf8);
            }

            return _text;
        }
    }
}
