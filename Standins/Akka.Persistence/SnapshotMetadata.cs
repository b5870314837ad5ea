namespace Akka.Persistence;

/// <summary>Which state a snapshot is of.</summary>
public sealed class SnapshotMetadata : IEquatable<SnapshotMetadata>
{
    public SnapshotMetadata(string persistenceId, long sequenceNr)
        : this(persistenceId, sequenceNr, DateTime.MinValue)
    {
    }

    public SnapshotMetadata(string persistenceId, long sequenceNr, DateTime timestamp)
    {
        PersistenceId = persistenceId;
        SequenceNr = sequenceNr;
        Timestamp = timestamp;
    }

    public string PersistenceId { get; }

    /// <summary>The last event that the snapshot holds.</summary>
    public long SequenceNr { get; }

    /// <summary>When it was made, in UTC; <see cref="DateTime.MinValue"/> where that does not matter.</summary>
    public DateTime Timestamp { get; }

    /// <inheritdoc />
    public bool Equals(SnapshotMetadata? other) =>
        other is not null && PersistenceId == other.PersistenceId && SequenceNr == other.SequenceNr && Timestamp == other.Timestamp;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SnapshotMetadata);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(PersistenceId, SequenceNr, Timestamp);

    /// <inheritdoc />
    public override string ToString() => $"SnapshotMetadata<{PersistenceId}, {SequenceNr}, {Timestamp:O}>";
}
