namespace Akka.Persistence.Sql.Storage;

/// <summary>What one read of the journal gave: rows in ascending order, at most as many as were asked for.</summary>
/// <param name="HighestSequenceNr">The highest sequence number ever given to the persistence id, deleted rows included.</param>
/// <param name="Rows">The rows that are not deleted.</param>
internal sealed record EventPage(long HighestSequenceNr, List<EventRow> Rows);
