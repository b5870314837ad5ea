namespace Akka.Persistence;

/// <summary>What an actor is called in the journal, and where its journal is.</summary>
public interface IPersistentIdentity
{
    /// <summary>The name under which the events are kept; the same over all incarnations and unique among all actors.</summary>
    string PersistenceId { get; }

    /// <summary>The configuration path of the journal plugin; empty means the default one.</summary>
    string JournalPluginId { get; }

    /// <summary>The configuration path of the snapshot store plugin; empty means the default one.</summary>
    string SnapshotPluginId { get; }
}
