using Akka.Actor;

namespace Akka.Persistence.Internal;

/// <summary>Lets a limited number of actors recover at once, in the order in which they asked, so that a start of many does not flood the journal.</summary>
internal sealed class RecoveryPermitter(int max)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Eventsourced> _recovering = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Eventsourced, LinkedListNode<(Eventsourced Owner, IActorRef Actor)>> _places = new(ReferenceEqualityComparer.Instance);
    private readonly LinkedList<(Eventsourced Owner, IActorRef Actor)> _waiting = new();

    /// <summary>True if the actor may recover at once; otherwise it is told <see cref="RecoveryPermitGranted"/> later.</summary>
    public bool Request(Eventsourced owner, IActorRef actor)
    {
        lock (_gate)
        {
            if (_recovering.Count < max)
            {
                _recovering.Add(owner);
                return true;
            }

            _places[owner] = _waiting.AddLast((owner, actor));
            return false;
        }
    }

    /// <summary>Gives the permit, or the place in the queue, back; harmless where there is neither.</summary>
    public void Return(Eventsourced owner)
    {
        (Eventsourced Owner, IActorRef Actor) next;
        lock (_gate)
        {
            if (_places.Remove(owner, out var place))
            {
                _waiting.Remove(place);
                return;
            }

            if (!_recovering.Remove(owner) || _waiting.First is not { } first)
            {
                return;
            }

            next = first.Value;
            _waiting.RemoveFirst();
            _places.Remove(next.Owner);
            _recovering.Add(next.Owner);
        }

        next.Actor.Tell(new RecoveryPermitGranted(next.Owner), ActorRefs.NoSender);
    }
}
