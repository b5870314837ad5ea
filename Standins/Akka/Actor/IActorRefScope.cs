namespace Akka.Actor;

/// <summary>Says where an actor runs.</summary>
public interface IActorRefScope
{
    /// <summary>Whether the actor runs in this process.</summary>
    bool IsLocal { get; }
}
