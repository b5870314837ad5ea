namespace Akka.Persistence.Sql.Storage;

/// <summary>Writes a snapshot, over an older one of the same sequence number.</summary>
internal sealed class SaveSnapshotRequest(SnapshotRow row) : TaskRequest(row.PersistenceId)
{
    public SnapshotRow Row { get; } = row;

    public override long Bytes => Row.Snapshot.Length;
}
