namespace Akka.Persistence.Internal;

/// <summary>An event read back.</summary>
internal readonly record struct ReplayedEvent(long SequenceNr, object Event);
