namespace Akka.Persistence;

/// <summary>A snapshot could not be deleted.</summary>
public sealed class DeleteSnapshotFailure(SnapshotMetadata metadata, Exception cause) : ISnapshotResponse, IEquatable<DeleteSnapshotFailure>
{
    public SnapshotMetadata Metadata { get; } = metadata;

    public Exception Cause { get; } = cause;

    /// <inheritdoc />
    public bool Equals(DeleteSnapshotFailure? other) => other is not null && Equals(Metadata, other.Metadata) && Equals(Cause, other.Cause);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotFailure);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Metadata, Cause);
}
