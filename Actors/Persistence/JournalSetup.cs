using System.Diagnostics;
using Akka.Hosting;
using Akka.Persistence.Sql.Hosting;
using LinqToDB;
using WebChat.Actors.Telemetry;

namespace WebChat.Actors.Persistence;

/// <summary>Puts the journal and the snapshot store of an actor system into the database.</summary>
public static class JournalSetup
{
    /// <summary>Adds the journal and the snapshot store. Their tables must exist.</summary>
    public static AkkaConfigurationBuilder WithJournal(this AkkaConfigurationBuilder akka, JournalDatabase database, ChatMetrics metrics)
    {
        var options = new DataOptions().UseConnectionString(database.ProviderName, database.ConnectionString);
        if (database.IsSqlite)
            options = options.UseInterceptor(new SqliteInterceptor());
        // Each entry of the trace costs an allocation, so there is none without a listener.
        if (metrics.MeasuresCommits)
            options = options.UseTracing(TraceLevel.Info, new CommitTimes(metrics).Note);
        return akka.WithSqlPersistence(
            options, autoInitialize: false, journalBuilder: journal => journal.AddWriteEventAdapter<RoomTags>("room-tags", RoomTags.Events));
    }
}
