using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Events of one persistence id that are written together or not at all.</summary>
public sealed class AtomicWrite : IPersistentEnvelope
{
    private readonly IImmutableList<IPersistentRepresentation> _events;

    public AtomicWrite(IPersistentRepresentation @event)
        : this(ImmutableList.Create(@event))
    {
    }

    /// <exception cref="ArgumentException">There is no event, or the events are of more than one persistence id.</exception>
    public AtomicWrite(IImmutableList<IPersistentRepresentation> payload)
    {
        if (payload is not { Count: > 0 })
        {
            throw new ArgumentException("An atomic write has at least one event.", nameof(payload));
        }

        if (payload.Any(e => e.PersistenceId != payload[0].PersistenceId))
        {
            throw new ArgumentException("An atomic write has events of one persistence id only.", nameof(payload));
        }

        _events = payload;
    }

    /// <summary>The events, as an immutable list of <see cref="IPersistentRepresentation"/>.</summary>
    public object Payload => _events;

    /// <inheritdoc />
    public IActorRef Sender => ActorRefs.NoSender!;

    /// <inheritdoc />
    public int Size => _events.Count;

    public string PersistenceId => _events[0].PersistenceId;

    public long LowestSequenceNr => _events[0].SequenceNr;

    public long HighestSequenceNr => _events[^1].SequenceNr;

    internal IImmutableList<IPersistentRepresentation> Events => _events;
}
