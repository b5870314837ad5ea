namespace Akka.Persistence.Sql.Storage;

/// <summary>Removes the snapshots of a persistence id that lie in a range.</summary>
internal sealed class DeleteSnapshotsRequest(string persistenceId, SnapshotRange range) : TaskRequest(persistenceId)
{
    public SnapshotRange Range { get; } = range;
}
