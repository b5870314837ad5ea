namespace Akka.Persistence;

/// <summary>All events asked for were sent.</summary>
public sealed class RecoverySuccess(long highestSequenceNr) : IJournalResponse
{
    /// <summary>The highest sequence number that the journal knows, deleted events included.</summary>
    public long HighestSequenceNr { get; } = highestSequenceNr;
}
