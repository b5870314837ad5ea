using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Internal;

/// <summary>Makes the direct form of a journal plugin. Has a constructor without parameters.</summary>
internal abstract class DirectJournalFactory
{
    public abstract DirectJournal Create(ExtendedActorSystem system, Config config, EventAdapters adapters);
}
