using System.Collections.Concurrent;
using System.Reflection;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Internal;
using Akka.Persistence.Journal;

namespace Akka.Persistence;

/// <summary>The journals and snapshot stores of an actor system, each started when it is first asked for.</summary>
public class PersistenceExtension : IExtension
{
    private const string JournalFallback = "akka.persistence.journal-plugin-fallback";
    private const string SnapshotFallback = "akka.persistence.snapshot-store-plugin-fallback";

    private readonly ExtendedActorSystem _system;
    private readonly ConcurrentDictionary<string, Lazy<JournalPlugin>> _journals = new();
    private readonly ConcurrentDictionary<string, Lazy<SnapshotPlugin>> _snapshotStores = new();

    public PersistenceExtension(ExtendedActorSystem system)
    {
        _system = system;
        system.Settings.InjectTopLevelFallback(Persistence.DefaultConfig());
        RecoveryPermits = new RecoveryPermitter(system.Settings.Config.GetInt("akka.persistence.max-concurrent-recoveries"));
    }

    internal RecoveryPermitter RecoveryPermits { get; }

    private Config Config => _system.Settings.Config;

    /// <summary>The event adapters of a journal plugin; the default one's for an empty id.</summary>
    public EventAdapters AdaptersFor(string journalPluginId) => JournalPluginFor(journalPluginId).Adapters;

    /// <summary>The actor of a journal plugin; the default one's for an empty id.</summary>
    /// <exception cref="ArgumentException">There is no such plugin, or no default one.</exception>
    public IActorRef JournalFor(string journalPluginId) => JournalPluginFor(journalPluginId).Actor;

    /// <summary>The actor of a snapshot store plugin; the default one's for an empty id.</summary>
    /// <exception cref="ArgumentException">There is no such plugin, or no default one.</exception>
    public IActorRef SnapshotStoreFor(string snapshotPluginId) => SnapshotPluginFor(snapshotPluginId).Actor;

    internal JournalPlugin JournalPluginFor(string? id) =>
        Started(_journals, IdOr(id, "akka.persistence.journal.plugin"), StartJournal);

    internal SnapshotPlugin SnapshotPluginFor(string? id) =>
        Started(_snapshotStores, IdOr(id, "akka.persistence.snapshot-store.plugin"), StartSnapshotStore);

    private static T Started<T>(ConcurrentDictionary<string, Lazy<T>> plugins, string id, Func<string, T> start)
    {
        var plugin = plugins.GetOrAdd(id, static (id, start) => new Lazy<T>(() => start(id)), start);
        try
        {
            return plugin.Value;
        }
        catch (Exception)
        {
            // A plugin that failed to start, as for want of a setting, is tried anew by whoever asks next.
            plugins.TryRemove(new(id, plugin));
            throw;
        }
    }

    private string IdOr(string? id, string defaultPath)
    {
        var chosen = string.IsNullOrEmpty(id) ? Config.GetString(defaultPath) : id;
        return string.IsNullOrEmpty(chosen) ? throw new ArgumentException($"No plugin is named, and {defaultPath} has no default one.") : chosen;
    }

    private JournalPlugin StartJournal(string id)
    {
        var (type, config) = PluginOf(id, JournalFallback);
        var adapters = EventAdapters.Create(_system, config);
        var direct = type.GetCustomAttribute<DirectJournalAttribute>() is { } attribute
            ? ((DirectJournalFactory)Activator.CreateInstance(attribute.Factory)!).Create(_system, config, adapters)
            : null;
        return new JournalPlugin(Start(id, type, config), adapters, direct, config.GetTimeSpan("recovery-event-timeout"));
    }

    private SnapshotPlugin StartSnapshotStore(string id)
    {
        var (type, config) = PluginOf(id, SnapshotFallback);
        return new SnapshotPlugin(Start(id, type, config));
    }

    private (Type Type, Config Config) PluginOf(string id, string fallback)
    {
        if (!Config.HasPath(id))
        {
            throw new ArgumentException($"There is no configuration of a persistence plugin at {id}.");
        }

        var config = Config.GetConfig(id)!.WithFallback(Config.GetConfig(fallback));
        var className = config.GetString("class");
        var type = string.IsNullOrEmpty(className) ? null : Type.GetType(className, throwOnError: false);
        return (type ?? throw new ArgumentException($"{id}.class names no type that exists: '{className}'."), config);
    }

    private IActorRef Start(string id, Type type, Config config)
    {
        var props = type.GetConstructor([typeof(Config)]) is null ? new Props(type) : new Props(type, [config]);
        return _system.SystemActorOf(props, id);
    }
}
