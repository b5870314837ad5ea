using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Internal;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Sql.Journal;

/// <summary>Makes the form of the SQL journal that persistent actors call directly.</summary>
internal sealed class SqlEventLogFactory : DirectJournalFactory
{
    public override DirectJournal Create(ExtendedActorSystem system, Configuration.Config config, EventAdapters adapters) =>
        SqlEventLog.Create(system, config, adapters);
}
