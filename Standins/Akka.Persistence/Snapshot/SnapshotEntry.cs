namespace Akka.Persistence.Snapshot;

/// <summary>A snapshot as <see cref="MemorySnapshotStore"/> keeps it; the time in .NET UTC ticks.</summary>
public class SnapshotEntry
{
    public string PersistenceId { get; set; } = string.Empty;

    public long SequenceNr { get; set; }

    public long Timestamp { get; set; }

    public object Snapshot { get; set; } = null!;
}
