using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Akka.Persistence.Sql.Storage;

/// <summary>A PostgreSQL database. All events of a batch go as one statement over arrays, whatever their number.</summary>
internal sealed class PostgresStore(StoreSettings settings) : SqlStore(settings)
{
    private const string InsertEvents =
        "INSERT INTO journal(created,deleted,persistence_id,sequence_number,message,manifest,identifier,writer_uuid)"
        + " SELECT e.created,false,e.persistence_id,e.sequence_number,e.message,e.manifest,e.identifier,$7"
        + " FROM unnest($1,$2,$3,$4,$5,$6) AS e(created,persistence_id,sequence_number,message,manifest,identifier)";

    private const string InsertTags =
        "INSERT INTO tags(ordering_id,tag,sequence_nr,persistence_id)"
        + " SELECT j.ordering,t.tag,j.sequence_number,j.persistence_id"
        + " FROM unnest($1,$2,$3) AS t(persistence_id,sequence_nr,tag)"
        + " JOIN journal j ON j.persistence_id=t.persistence_id AND j.sequence_number=t.sequence_nr";

    private const string SaveSnapshot =
        "INSERT INTO snapshot(persistence_id,sequence_number,created,snapshot,manifest,serializer_id) VALUES ($1,$2,$3,$4,$5,$6)"
        + " ON CONFLICT (persistence_id,sequence_number) DO UPDATE"
        + " SET created=EXCLUDED.created,snapshot=EXCLUDED.snapshot,manifest=EXCLUDED.manifest,serializer_id=EXCLUDED.serializer_id";

    private const string DeleteSnapshots =
        "DELETE FROM snapshot WHERE persistence_id=$1 AND sequence_number BETWEEN $2 AND $3 AND created BETWEEN $4 AND $5";

    private const string MarkDeleted =
        "UPDATE journal SET deleted=true WHERE persistence_id=$1 AND sequence_number<=$2 AND NOT deleted";

    private const string RemoveTags =
        "DELETE FROM tags WHERE persistence_id=$1 AND sequence_nr<"
        + "(SELECT max(sequence_number) FROM journal WHERE persistence_id=$1 AND sequence_number<=$2)";

    private const string RemoveDeleted =
        "DELETE FROM journal WHERE persistence_id=$1 AND sequence_number<"
        + "(SELECT max(sequence_number) FROM journal WHERE persistence_id=$1 AND sequence_number<=$2)";

    private const string ReadHighest = "SELECT coalesce(max(sequence_number),0) FROM journal WHERE persistence_id=$1";

    private const string ReadRows =
        "SELECT sequence_number,created,message,manifest,identifier,writer_uuid FROM journal"
        + " WHERE persistence_id=$1 AND sequence_number BETWEEN $2 AND $3 AND NOT deleted ORDER BY sequence_number LIMIT $4";

    private const string ReadSnapshotRow =
        "SELECT sequence_number,created,snapshot,manifest,serializer_id FROM snapshot"
        + " WHERE persistence_id=$1 AND sequence_number BETWEEN $2 AND $3 AND created BETWEEN $4 AND $5 ORDER BY sequence_number DESC LIMIT 1";

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(settings.ConnectionString);
    private readonly Dictionary<string, NpgsqlCommand> _commands = [];
    private readonly List<long> _created = [];
    private readonly List<string> _persistenceIds = [];
    private readonly List<long> _sequenceNrs = [];
    private readonly List<byte[]> _messages = [];
    private readonly List<string?> _manifests = [];
    private readonly List<int?> _identifiers = [];
    private readonly List<string> _taggedIds = [];
    private readonly List<long> _taggedNrs = [];
    private readonly List<string> _tags = [];
    private NpgsqlConnection? _writer;

    protected override void CreateTables()
    {
        using var connection = _source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using var command = new NpgsqlCommand(PostgresSchema.Create, connection, transaction);
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    protected override void Commit(ReadOnlySpan<WriteRequest> batch)
    {
        var isNew = _writer is null;
        if (!TryCommit(batch, mayTryAnew: !isNew))
        {
            TryCommit(batch, mayTryAnew: false);
        }
    }

    protected override void CommitEach(ReadOnlySpan<WriteRequest> batch, Span<Exception?> failures)
    {
        try
        {
            using var transaction = Writer().BeginTransaction();
            for (var i = 0; i < batch.Length; i++)
            {
                transaction.Save("request");
                try
                {
                    Clear();
                    Write(batch[i]);
                    Flush();
                    transaction.Release("request");
                }
                catch (Exception failure) when (IsFaultOfOneRequest(failure))
                {
                    failures[i] = failure;
                    transaction.Rollback("request");
                }
            }

            transaction.Commit();
        }
        catch (Exception)
        {
            Abandon();
            throw;
        }
    }

    // Class 22 is bad data, as a zero character in a text, and class 23 a violated constraint.
    protected override bool IsFaultOfOneRequest(Exception failure) =>
        failure is PostgresException { SqlState: var state } && (state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal));

    protected override Task<EventPage> ReadPage(string persistenceId, long fromSequenceNr, long toSequenceNr, long max) =>
        Read(connection => ReadPage(connection, persistenceId, fromSequenceNr, toSequenceNr, max));

    protected override Task<SnapshotRow?> ReadNewestSnapshot(string persistenceId, SnapshotRange range) =>
        Read(connection => ReadNewestSnapshot(connection, persistenceId, range));

    protected override void CloseWriter() => Abandon();

    protected override void CloseReaders() => _source.Dispose();

    private static async Task<EventPage> ReadPage(NpgsqlConnection connection, string persistenceId, long fromSequenceNr, long toSequenceNr, long max)
    {
        // One transaction, so that the highest number and the rows are of one moment.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead).ConfigureAwait(false);
        long highest;
        await using (var command = Command(connection, ReadHighest, persistenceId))
        {
            highest = (long)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
        }

        var page = new EventPage(highest, []);
        if (max > 0 && fromSequenceNr <= Math.Min(toSequenceNr, highest))
        {
            await using var command = Command(connection, ReadRows, persistenceId, fromSequenceNr, toSequenceNr, max);
            await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                page.Rows.Add(new EventRow
                {
                    SequenceNr = reader.GetInt64(0),
                    Created = reader.GetInt64(1),
                    Message = reader.GetFieldValue<byte[]>(2),
                    Manifest = reader.IsDBNull(3) ? null : reader.GetString(3),
                    SerializerId = reader.IsDBNull(4) ? null : reader.GetInt32(4),
                    WriterUuid = reader.IsDBNull(5) ? null : reader.GetString(5),
                });
            }
        }

        return page;
    }

    private static async Task<SnapshotRow?> ReadNewestSnapshot(NpgsqlConnection connection, string persistenceId, SnapshotRange range)
    {
        await using var command = Command(
            connection,
            ReadSnapshotRow,
            persistenceId,
            range.MinSequenceNr,
            range.MaxSequenceNr,
            range.MinCreated,
            range.MaxCreated);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        return !await reader.ReadAsync().ConfigureAwait(false)
            ? null
            : new SnapshotRow(
                persistenceId,
                reader.GetInt64(0),
                reader.GetInt64(1),
                reader.IsDBNull(2) ? [] : reader.GetFieldValue<byte[]>(2),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetInt32(4));
    }

    /// <summary>Class 57 is a server that shuts down, crashed or starts; other than by the server itself, a connection fails because it is lost.</summary>
    private static bool IsLostConnection(NpgsqlException failure) =>
        failure is not PostgresException { SqlState: var state } || state.StartsWith("57", StringComparison.Ordinal);

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    /// <summary>
    /// False if a connection that had been idle turned out to be broken before the commit was asked for: the server was
    /// restarted meanwhile, nothing is on disk, and a new connection may serve.
    /// </summary>
    private bool TryCommit(ReadOnlySpan<WriteRequest> batch, bool mayTryAnew)
    {
        var isCommitting = false;
        try
        {
            using var transaction = Writer().BeginTransaction();
            Clear();
            foreach (var request in batch)
            {
                Write(request);
            }

            Flush();
            isCommitting = true;
            transaction.Commit();
            return true;
        }
        catch (NpgsqlException) when (mayTryAnew && !isCommitting && _writer!.FullState.HasFlag(ConnectionState.Broken))
        {
            Abandon();
            _source.Clear();
            return false;
        }
        catch (Exception)
        {
            Abandon();
            throw;
        }
    }

    /// <summary>Reads, a second time on a new connection if the first turned out to be lost, as after a restart of the server.</summary>
    private async Task<T> Read<T>(Func<NpgsqlConnection, Task<T>> read)
    {
        await Initialized().ConfigureAwait(false);
        try
        {
            await using var connection = await _source.OpenConnectionAsync().ConfigureAwait(false);
            return await read(connection).ConfigureAwait(false);
        }
        catch (NpgsqlException failure) when (IsLostConnection(failure))
        {
            _source.Clear();
        }

        await using var another = await _source.OpenConnectionAsync().ConfigureAwait(false);
        return await read(another).ConfigureAwait(false);
    }

    private NpgsqlConnection Writer()
    {
        if (_writer is null)
        {
            _writer = _source.OpenConnection();
        }

        return _writer;
    }

    /// <summary>A connection whose transaction failed is replaced: whether it is still of use costs as much to find out.</summary>
    private void Abandon()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
        _writer?.Dispose();
        _writer = null;
    }

    private void Clear()
    {
        _created.Clear();
        _persistenceIds.Clear();
        _sequenceNrs.Clear();
        _messages.Clear();
        _manifests.Clear();
        _identifiers.Clear();
        _taggedIds.Clear();
        _taggedNrs.Clear();
        _tags.Clear();
    }

    private void Write(WriteRequest request)
    {
        if (request is AppendRequest append)
        {
            Collect(append);
            return;
        }

        Flush();
        switch (request)
        {
            case SaveSnapshotRequest { Row: var row }:
                Run(SaveSnapshot, row.PersistenceId, row.SequenceNr, row.Created, row.Snapshot, Text(row.Manifest), row.SerializerId ?? 0);
                break;
            case DeleteSnapshotsRequest { Range: var range }:
                Run(DeleteSnapshots, request.PersistenceId, range.MinSequenceNr, range.MaxSequenceNr, range.MinCreated, range.MaxCreated);
                break;
            case DeleteEventsRequest { ToSequenceNr: var to }:
                Run(MarkDeleted, request.PersistenceId, to);
                Run(RemoveTags, request.PersistenceId, to);
                Run(RemoveDeleted, request.PersistenceId, to);
                break;
            case BarrierRequest:
                break;
            default:
                throw new NotSupportedException($"The writer has no statement for {request.GetType().Name}.");
        }
    }

    private void Collect(AppendRequest append)
    {
        foreach (ref readonly var row in append.Rows)
        {
            _created.Add(row.Created);
            _persistenceIds.Add(append.PersistenceId);
            _sequenceNrs.Add(row.SequenceNr);
            _messages.Add(row.Message);
            _manifests.Add(row.Manifest);
            _identifiers.Add(row.SerializerId);
            foreach (var tag in row.Tags ?? [])
            {
                _taggedIds.Add(append.PersistenceId);
                _taggedNrs.Add(row.SequenceNr);
                _tags.Add(tag);
            }
        }
    }

    private void Flush()
    {
        if (_created.Count > 0)
        {
            Run(
                InsertEvents,
                Array(_created, NpgsqlDbType.Bigint),
                Array(_persistenceIds, NpgsqlDbType.Text),
                Array(_sequenceNrs, NpgsqlDbType.Bigint),
                Array(_messages, NpgsqlDbType.Bytea),
                Array(_manifests, NpgsqlDbType.Text),
                Array(_identifiers, NpgsqlDbType.Integer),
                Text(WriterUuid));
        }

        if (_tags.Count > 0)
        {
            Run(InsertTags, Array(_taggedIds, NpgsqlDbType.Text), Array(_taggedNrs, NpgsqlDbType.Bigint), Array(_tags, NpgsqlDbType.Text));
        }

        Clear();
    }

    private static NpgsqlParameter Array<T>(List<T> values, NpgsqlDbType type) => new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values };

    private static NpgsqlParameter Text(string? text) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)text ?? DBNull.Value };

    private void Run(string sql, params ReadOnlySpan<object> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = new NpgsqlCommand(sql, Writer());
            foreach (var value in values)
            {
                command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
            }

            command.Prepare();
            _commands.Add(sql, command);
        }
        else
        {
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i] is NpgsqlParameter parameter ? parameter.Value : values[i];
            }
        }

        command.ExecuteNonQuery();
    }
}
