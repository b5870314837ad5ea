namespace Akka.Persistence;

/// <summary>Sent to a recovering actor now and then, to see whether its recovery still moves.</summary>
public sealed class RecoveryTick(bool snapshot)
{
    /// <summary>Whether the snapshot, rather than an event, is being waited for.</summary>
    public bool Snapshot { get; } = snapshot;
}
