using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>What every journal does with events on their way in and out: event adapters and the time of writing.</summary>
public abstract class WriteJournalBase : ActorBase
{
    private EventAdapters? _adapters;

    // A plugin is started under its own id as name, which is how it finds its adapters.
    private EventAdapters Adapters => _adapters ??= Persistence.Instance.Apply(Context.System).AdaptersFor(Self.Path.Name);

    /// <summary>Called in the actor's turn, so that what runs after it elsewhere has the adapters.</summary>
    internal void FindAdapters() => _ = Adapters;

    /// <summary>The atomic writes among what an actor sent, adapted and stamped.</summary>
    protected IEnumerable<AtomicWrite> PreparePersistentBatch(IEnumerable<IPersistentEnvelope> resequenceables)
    {
        var now = DateTime.UtcNow.Ticks;
        return [.. resequenceables.OfType<AtomicWrite>().Select(write => new AtomicWrite(
            write.Events.Select(e => AdaptToJournal(e).WithTimestamp(now)).ToImmutableList()))];
    }

    /// <summary>The event as its adapter wants it stored.</summary>
    protected IPersistentRepresentation AdaptToJournal(IPersistentRepresentation representation)
    {
        var adapter = Adapters.Get(representation.Payload.GetType());
        return representation.WithPayload(adapter.ToJournal(representation.Payload)).WithManifest(adapter.Manifest(representation.Payload));
    }

    /// <summary>The events that its adapter makes of a stored one.</summary>
    protected IEnumerable<IPersistentRepresentation> AdaptFromJournal(IPersistentRepresentation representation) =>
        Adapters.Get(representation.Payload.GetType())
            .FromJournal(representation.Payload, representation.Manifest)
            .Events
            .Select(representation.WithPayload);
}
