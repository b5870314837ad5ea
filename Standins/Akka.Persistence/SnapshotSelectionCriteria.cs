namespace Akka.Persistence;

/// <summary>Which snapshots are meant; all bounds are inclusive.</summary>
public sealed class SnapshotSelectionCriteria : IEquatable<SnapshotSelectionCriteria>
{
    public SnapshotSelectionCriteria(long maxSequenceNr)
        : this(maxSequenceNr, DateTime.MaxValue)
    {
    }

    public SnapshotSelectionCriteria(long maxSequenceNr, DateTime maxTimeStamp, long minSequenceNr = 0, DateTime? minTimestamp = null)
    {
        MaxSequenceNr = maxSequenceNr;
        MaxTimeStamp = maxTimeStamp;
        MinSequenceNr = minSequenceNr;
        MinTimestamp = minTimestamp ?? DateTime.MinValue;
    }

    /// <summary>Any snapshot, the newest first.</summary>
    public static SnapshotSelectionCriteria Latest { get; } = new(long.MaxValue, DateTime.MaxValue);

    /// <summary>No snapshot: a recovery from the first event.</summary>
    public static SnapshotSelectionCriteria None { get; } = new(0, DateTime.MinValue);

    public long MaxSequenceNr { get; }

    public DateTime MaxTimeStamp { get; }

    public long MinSequenceNr { get; }

    public DateTime? MinTimestamp { get; }

    /// <inheritdoc />
    public bool Equals(SnapshotSelectionCriteria? other) =>
        other is not null && MaxSequenceNr == other.MaxSequenceNr && MaxTimeStamp == other.MaxTimeStamp
        && MinSequenceNr == other.MinSequenceNr && MinTimestamp == other.MinTimestamp;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SnapshotSelectionCriteria);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(MaxSequenceNr, MaxTimeStamp, MinSequenceNr, MinTimestamp);

    /// <inheritdoc />
    public override string ToString() =>
        $"SnapshotSelectionCriteria<{MinSequenceNr}..{MaxSequenceNr}, {MinTimestamp:O}..{MaxTimeStamp:O}>";

    internal bool Fits(long sequenceNr, DateTime timestamp) =>
        sequenceNr >= MinSequenceNr && sequenceNr <= MaxSequenceNr && timestamp >= MinTimestamp && timestamp <= MaxTimeStamp;
}
