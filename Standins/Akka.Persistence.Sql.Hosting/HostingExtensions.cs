using System.Text;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence.Hosting;
using Akka.Persistence.Sql.Config;

namespace Akka.Persistence.Sql.Hosting;

/// <summary>Event-sourced actors in a SQL database.</summary>
public static class HostingExtensions
{
    /// <summary>
    /// Sets up a journal, a snapshot store, or both, in a database.
    /// </summary>
    /// <param name="builder">Whose configuration is added to.</param>
    /// <param name="connectionString">As Microsoft.Data.Sqlite or Npgsql reads it.</param>
    /// <param name="providerName">A name that begins with <c>SQLite</c>, as <c>SQLite.MS</c>, or with <c>PostgreSQL</c>.</param>
    /// <param name="mode">Which plugins are set up.</param>
    /// <param name="schemaName">Must be null: this implementation leaves the schema to the connection.</param>
    /// <param name="journalBuilder">Names event adapters.</param>
    /// <param name="autoInitialize">Whether missing tables are created on first use.</param>
    /// <param name="pluginIdentifier">The last part of the plugins' configuration paths.</param>
    /// <param name="isDefaultPlugin">Whether actors that name no plugin get these.</param>
    /// <param name="databaseMapping">Must be the default or null.</param>
    /// <param name="tagStorageMode">Must be <see cref="TagMode.TagTable"/> or null.</param>
    /// <param name="deleteCompatibilityMode">Must be false or null.</param>
    /// <param name="useWriterUuidColumn">Must be true or null.</param>
    /// <param name="maxConcurrentQueries">Of no effect: there are no queries beyond recoveries, which have their own limit.</param>
    /// <exception cref="NotSupportedException">Something was asked for that only the package itself does.</exception>
    public static AkkaConfigurationBuilder WithSqlPersistence(
        this AkkaConfigurationBuilder builder,
        string connectionString,
        string providerName,
        PersistenceMode mode = PersistenceMode.Both,
        string? schemaName = null,
        Action<AkkaPersistenceJournalBuilder>? journalBuilder = null,
        bool autoInitialize = true,
        string pluginIdentifier = "sql",
        bool isDefaultPlugin = true,
        DatabaseMapping? databaseMapping = null,
        TagMode? tagStorageMode = null,
        bool? deleteCompatibilityMode = null,
        bool? useWriterUuidColumn = null,
        int? maxConcurrentQueries = null)
    {
        if (schemaName is not null
            || databaseMapping is not (null or DatabaseMapping.Default)
            || tagStorageMode is not (null or TagMode.TagTable)
            || deleteCompatibilityMode is true
            || useWriterUuidColumn is false)
        {
            throw new NotSupportedException("Only the default table mapping, with a tag table and the writer's uuid, is supported.");
        }

        var settings = new StringBuilder()
            .AppendLine($"connection-string = {Quoted(connectionString)}")
            .AppendLine($"provider-name = {Quoted(providerName)}")
            .AppendLine($"auto-initialize = {(autoInitialize ? "on" : "off")}")
            .ToString();
        if (mode is PersistenceMode.Both or PersistenceMode.Journal)
        {
            builder.AddPlugin("journal", pluginIdentifier, "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql", settings, isDefaultPlugin);
            if (journalBuilder is not null)
            {
                builder.WithJournal(pluginIdentifier, journalBuilder);
            }
        }

        if (mode is PersistenceMode.Both or PersistenceMode.SnapshotStore)
        {
            builder.AddPlugin("snapshot-store", pluginIdentifier, "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql", settings, isDefaultPlugin);
        }

        return builder;
    }

    private static void AddPlugin(this AkkaConfigurationBuilder builder, string kind, string id, string className, string settings, bool isDefault)
    {
        var path = $"akka.persistence.{kind}.{id}";
        var hocon = $"{path} {{\nclass = {Quoted(className)}\n{settings}}}\n";
        if (isDefault)
        {
            hocon += $"akka.persistence.{kind}.plugin = {path}\n";
        }

        builder.AddHocon(ConfigurationFactory.ParseString(hocon), HoconAddMode.Prepend);
    }

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
