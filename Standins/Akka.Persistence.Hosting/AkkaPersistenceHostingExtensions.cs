using Akka.Configuration;
using Akka.Hosting;

namespace Akka.Persistence.Hosting;

/// <summary>Persistence plugins for tests, and event adapters for any journal.</summary>
public static class AkkaPersistenceHostingExtensions
{
    /// <summary>Adds event adapters to a journal plugin.</summary>
    /// <param name="builder">Whose configuration is added to.</param>
    /// <param name="journalId">The last part of the plugin's configuration path.</param>
    /// <param name="journalBuilder">Names the adapters.</param>
    public static AkkaConfigurationBuilder WithJournal(
        this AkkaConfigurationBuilder builder,
        string journalId,
        Action<AkkaPersistenceJournalBuilder> journalBuilder)
    {
        var adapters = new AkkaPersistenceJournalBuilder(journalId, builder);
        journalBuilder(adapters);
        adapters.Build();
        return builder;
    }

    /// <summary>Makes the journal in memory the default one.</summary>
    public static AkkaConfigurationBuilder WithInMemoryJournal(this AkkaConfigurationBuilder builder) => builder.WithInMemoryJournal(_ => { });

    /// <summary>Sets up a journal in memory, with event adapters.</summary>
    public static AkkaConfigurationBuilder WithInMemoryJournal(
        this AkkaConfigurationBuilder builder,
        Action<AkkaPersistenceJournalBuilder> journalBuilder,
        string journalId = "inmem",
        bool isDefaultPlugin = true)
    {
        builder.WithJournal(journalId, journalBuilder);
        return builder.AddPlugin("journal", journalId, "Akka.Persistence.Journal.MemoryJournal, Akka.Persistence", isDefaultPlugin);
    }

    /// <summary>Sets up a snapshot store in memory.</summary>
    public static AkkaConfigurationBuilder WithInMemorySnapshotStore(
        this AkkaConfigurationBuilder builder,
        string snapshotStoreId = "inmem",
        bool isDefaultPlugin = true) =>
        builder.AddPlugin("snapshot-store", snapshotStoreId, "Akka.Persistence.Snapshot.MemorySnapshotStore, Akka.Persistence", isDefaultPlugin);

    private static AkkaConfigurationBuilder AddPlugin(this AkkaConfigurationBuilder builder, string kind, string id, string className, bool isDefault)
    {
        var path = $"akka.persistence.{kind}.{id}";
        var hocon = $"{path}.class = {Hocon.Quoted(className)}";
        if (isDefault)
        {
            hocon += $"\nakka.persistence.{kind}.plugin = {path}";
        }

        return builder.AddHocon(ConfigurationFactory.ParseString(hocon), HoconAddMode.Prepend);
    }
}
