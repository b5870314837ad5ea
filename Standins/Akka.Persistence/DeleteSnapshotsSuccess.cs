namespace Akka.Persistence;

/// <summary>The snapshots that fit are deleted.</summary>
public sealed class DeleteSnapshotsSuccess(SnapshotSelectionCriteria criteria) : ISnapshotResponse, IEquatable<DeleteSnapshotsSuccess>
{
    public SnapshotSelectionCriteria Criteria { get; } = criteria;

    /// <inheritdoc />
    public bool Equals(DeleteSnapshotsSuccess? other) => other is not null && Equals(Criteria, other.Criteria);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotsSuccess);

    /// <inheritdoc />
    public override int GetHashCode() => Criteria.GetHashCode();
}
