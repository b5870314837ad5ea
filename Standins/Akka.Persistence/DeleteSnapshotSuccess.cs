namespace Akka.Persistence;

/// <summary>A snapshot is deleted.</summary>
public sealed class DeleteSnapshotSuccess(SnapshotMetadata metadata) : ISnapshotResponse, IEquatable<DeleteSnapshotSuccess>
{
    public SnapshotMetadata Metadata { get; } = metadata;

    /// <inheritdoc />
    public bool Equals(DeleteSnapshotSuccess? other) => other is not null && Equals(Metadata, other.Metadata);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotSuccess);

    /// <inheritdoc />
    public override int GetHashCode() => Metadata.GetHashCode();
}
