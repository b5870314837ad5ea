namespace Akka.Persistence.Sql.Storage;

/// <summary>Which snapshots of a persistence id are meant: both bounds are inclusive, times in .NET UTC ticks.</summary>
internal readonly record struct SnapshotRange(long MinSequenceNr, long MaxSequenceNr, long MinCreated, long MaxCreated)
{
    public static SnapshotRange From(SnapshotSelectionCriteria criteria, long toSequenceNr = long.MaxValue) => new(
        criteria.MinSequenceNr,
        Math.Min(criteria.MaxSequenceNr, toSequenceNr),
        criteria.MinTimestamp is { } min ? min.ToUniversalTime().Ticks : 0,
        criteria.MaxTimeStamp == DateTime.MaxValue ? long.MaxValue : criteria.MaxTimeStamp.ToUniversalTime().Ticks);
}
