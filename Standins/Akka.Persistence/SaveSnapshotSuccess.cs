namespace Akka.Persistence;

/// <summary>A snapshot is kept.</summary>
public sealed class SaveSnapshotSuccess(SnapshotMetadata metadata) : ISnapshotResponse, IEquatable<SaveSnapshotSuccess>
{
    public SnapshotMetadata Metadata { get; } = metadata;

    /// <inheritdoc />
    public bool Equals(SaveSnapshotSuccess? other) => other is not null && Equals(Metadata, other.Metadata);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SaveSnapshotSuccess);

    /// <inheritdoc />
    public override int GetHashCode() => Metadata.GetHashCode();
}
