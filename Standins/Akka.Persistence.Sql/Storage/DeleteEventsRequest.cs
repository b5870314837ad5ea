namespace Akka.Persistence.Sql.Storage;

/// <summary>Marks events up to a sequence number deleted and removes all of them but the highest, which keeps the number.</summary>
internal sealed class DeleteEventsRequest(string persistenceId, long toSequenceNr) : TaskRequest(persistenceId)
{
    public long ToSequenceNr { get; } = toSequenceNr;
}
