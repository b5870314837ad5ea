using Akka.Actor;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Internal;

/// <summary>A journal plugin that has been started.</summary>
/// <param name="Actor">Where journal messages go.</param>
/// <param name="Adapters">What it does with events on their way in and out.</param>
/// <param name="Direct">Its direct form, if it has one.</param>
/// <param name="RecoveryEventTimeout">How long a recovering actor waits for the next event.</param>
internal sealed record JournalPlugin(IActorRef Actor, EventAdapters Adapters, DirectJournal? Direct, TimeSpan RecoveryEventTimeout);
