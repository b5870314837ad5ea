namespace Akka.Persistence;

/// <summary>Asks a snapshot store to delete one snapshot; answered with <see cref="DeleteSnapshotSuccess"/> or <see cref="DeleteSnapshotFailure"/>.</summary>
public sealed class DeleteSnapshot(SnapshotMetadata metadata) : ISnapshotRequest
{
    public SnapshotMetadata Metadata { get; } = metadata;
}
