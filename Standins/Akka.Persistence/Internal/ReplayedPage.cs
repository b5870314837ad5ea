using Akka.Event;

namespace Akka.Persistence.Internal;

/// <summary>Some events read back, in order.</summary>
/// <param name="Owner">The incarnation that asked.</param>
/// <param name="Events">What event adapters made of the rows.</param>
/// <param name="HighestSequenceNr">The highest sequence number ever given.</param>
/// <param name="IsLast">Whether nothing comes after it.</param>
/// <param name="Failure">Why the events after these cannot be read; it is then the last page.</param>
/// <param name="Continue">Asks for one page more; called when the actor takes this page up.</param>
internal sealed record ReplayedPage(
    Eventsourced Owner,
    List<ReplayedEvent> Events,
    long HighestSequenceNr,
    bool IsLast,
    Exception? Failure,
    Action? Continue) : IJournalResponse, IDeadLetterSuppression;
