using Akka.Event;

namespace Akka.Persistence.Internal;

/// <summary>Tells an incarnation of an actor that waited for it that its recovery may begin.</summary>
internal sealed record RecoveryPermitGranted(Eventsourced Owner) : IPersistenceMessage, IDeadLetterSuppression;
