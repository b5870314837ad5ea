namespace Akka.Persistence.Hosting;

/// <summary>Which plugins are set up.</summary>
public enum PersistenceMode
{
    Both = 0,
    Journal = 1,
    SnapshotStore = 2,
}
