namespace Akka.Actor;

/// <summary>Makes and finds a system's references.</summary>
public interface IActorRefProvider
{
    /// <summary>The root of the system's paths.</summary>
    ActorPath RootPath { get; }

    /// <summary>The system's address.</summary>
    Address DefaultAddress { get; }

    /// <summary>Where messages go that have nowhere to go.</summary>
    IActorRef DeadLetters { get; }

    /// <summary>The actor that lives at a path; a reference that leads to the dead letters where none does.</summary>
    IActorRef ResolveActorRef(string path);

    /// <summary>The actor that lives at a path; a reference that leads to the dead letters where none does.</summary>
    IActorRef ResolveActorRef(ActorPath actorPath);
}
