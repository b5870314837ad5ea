namespace Akka.Persistence.Snapshot;

/// <summary>A snapshot store in memory, for tests: it ends with its actor system.</summary>
public class MemorySnapshotStore : SnapshotStore
{
    protected virtual List<SnapshotEntry> Snapshots { get; } = [];

    /// <inheritdoc />
    protected override Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        var newest = Snapshots.Where(entry => IsMeant(entry, persistenceId, criteria)).MaxBy(entry => entry.SequenceNr);
        return Task.FromResult(newest is null
            ? null!
            : new SelectedSnapshot(new SnapshotMetadata(persistenceId, newest.SequenceNr, new DateTime(newest.Timestamp, DateTimeKind.Utc)), newest.Snapshot));
    }

    /// <inheritdoc />
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        Snapshots.RemoveAll(entry => entry.PersistenceId == metadata.PersistenceId && entry.SequenceNr == metadata.SequenceNr);
        Snapshots.Add(new SnapshotEntry
        {
            PersistenceId = metadata.PersistenceId,
            SequenceNr = metadata.SequenceNr,
            Timestamp = metadata.Timestamp.Ticks,
            Snapshot = snapshot,
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        Snapshots.RemoveAll(entry => entry.PersistenceId == metadata.PersistenceId && entry.SequenceNr == metadata.SequenceNr
            && (metadata.Timestamp == DateTime.MinValue || metadata.Timestamp.Ticks == entry.Timestamp));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        Snapshots.RemoveAll(entry => IsMeant(entry, persistenceId, criteria));
        return Task.CompletedTask;
    }

    private static bool IsMeant(SnapshotEntry entry, string persistenceId, SnapshotSelectionCriteria criteria) =>
        entry.PersistenceId == persistenceId && criteria.Fits(entry.SequenceNr, new DateTime(entry.Timestamp, DateTimeKind.Utc));
}
