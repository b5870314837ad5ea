namespace Akka.Persistence;

/// <summary>Asks a snapshot store for the newest snapshot that fits; answered with <see cref="LoadSnapshotResult"/> or <see cref="LoadSnapshotFailed"/>.</summary>
public sealed class LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr) : ISnapshotRequest
{
    public string PersistenceId { get; } = persistenceId;

    public SnapshotSelectionCriteria Criteria { get; } = criteria;

    /// <summary>The highest sequence number that a snapshot may have, inclusive.</summary>
    public long ToSequenceNr { get; } = toSequenceNr;
}
