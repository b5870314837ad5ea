namespace Akka.Actor;

/// <summary>What an actor does once the children that it stops are gone.</summary>
internal enum ChildrenAwaited
{
    ForNothing,
    ForCreation,
    ForRecreation,
    ForTermination,
}
