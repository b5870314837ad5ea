namespace Akka.Persistence.Sql.Storage;

/// <summary>Which snapshots of a persistence id are meant: both bounds are inclusive, times in .NET UTC ticks.</summary>
internal readonly record struct SnapshotRange(long MinSequenceNr, long MaxSequenceNr, long MinCreated, long MaxCreated)
{
    public static SnapshotRange From(SnapshotSelectionCriteria criteria) => new(
        criteria.MinSequenceNr,
        criteria.MaxSequenceNr,
        Ticks(criteria.MinTimestamp ?? DateTime.MinValue),
        Ticks(criteria.MaxTimeStamp));

    /// <summary>A time that does not say of which zone it is counts as UTC, as all times of snapshots are.</summary>
    private static long Ticks(DateTime time) => time.Kind == DateTimeKind.Local ? time.ToUniversalTime().Ticks : time.Ticks;
}
