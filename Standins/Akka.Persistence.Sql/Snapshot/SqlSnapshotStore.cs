using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Snapshot;
using Akka.Persistence.Sql.Storage;

namespace Akka.Persistence.Sql.Snapshot;

/// <summary>The snapshot store in a SQL database. On the journal's database it shares the journal's writer.</summary>
public class SqlSnapshotStore : SnapshotStore
{
    // Opened by the first request, so that a configuration that names no database is told to whoever asks.
    private readonly Lazy<SqlStore> _store;
    private readonly EventSerializer _serializer;

    public SqlSnapshotStore(Configuration.Config snapshotConfig)
    {
        var system = (ExtendedActorSystem)Context.System;
        _store = new Lazy<SqlStore>(() => SqlStores.Of(system).For(snapshotConfig), LazyThreadSafetyMode.PublicationOnly);
        _serializer = new EventSerializer(system, snapshotConfig.GetString("serializer"));
    }

    /// <inheritdoc />
    protected override async Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        if (await _store.Value.ReadSnapshot(persistenceId, SnapshotRange.From(criteria)).ConfigureAwait(false) is not { } row)
        {
            return null!;
        }

        try
        {
            return new SelectedSnapshot(
                new SnapshotMetadata(persistenceId, row.SequenceNr, new DateTime(row.Created, DateTimeKind.Utc)),
                _serializer.Deserialize(row.Snapshot, row.SerializerId, row.Manifest));
        }
        catch (Exception failure)
        {
            throw new UnreadableRowException(
                $"The snapshot of {persistenceId} with sequence number {row.SequenceNr} cannot be read (serializer {row.SerializerId}, manifest '{row.Manifest}'): {failure.Message}",
                failure);
        }
    }

    /// <inheritdoc />
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        var (bytes, serializerId, manifest) = _serializer.Serialize(snapshot);
        return Write(new SaveSnapshotRequest(
            new SnapshotRow(metadata.PersistenceId, metadata.SequenceNr, metadata.Timestamp.Ticks, bytes, manifest, serializerId)));
    }

    /// <inheritdoc />
    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        var created = metadata.Timestamp == DateTime.MinValue ? (0L, long.MaxValue) : (metadata.Timestamp.Ticks, metadata.Timestamp.Ticks);
        return Write(new DeleteSnapshotsRequest(
            metadata.PersistenceId,
            new SnapshotRange(metadata.SequenceNr, metadata.SequenceNr, created.Item1, created.Item2)));
    }

    /// <inheritdoc />
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        Write(new DeleteSnapshotsRequest(persistenceId, SnapshotRange.From(criteria)));

    private Task Write(TaskRequest request)
    {
        _store.Value.Enqueue(request);
        return request.Outcome;
    }
}
