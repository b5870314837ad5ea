namespace Akka.Persistence;

/// <summary>Given to a recovering actor before the events: the snapshot that its recovery starts from.</summary>
public sealed class SnapshotOffer(SnapshotMetadata metadata, object snapshot)
{
    public SnapshotMetadata Metadata { get; } = metadata;

    public object Snapshot { get; } = snapshot;
}
