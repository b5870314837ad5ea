namespace Akka.Actor;

/// <summary>What an actor does once the children that it stops are gone, and why.</summary>
internal sealed record ChildrenWait(ChildrenAwaited Kind, Exception? Cause = null);
