using Akka.Actor;

namespace Akka.Persistence.Internal;

/// <summary>Which events an incarnation of an actor wants; bounds are inclusive.</summary>
internal sealed record ReplayRequest(Eventsourced Owner, IActorRef Actor, string PersistenceId, long FromSequenceNr, long ToSequenceNr, long Max);
