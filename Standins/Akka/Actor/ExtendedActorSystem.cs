namespace Akka.Actor;

/// <summary>A system as those see it who extend it.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    /// <summary>Makes and finds the system's references.</summary>
    public abstract IActorRefProvider Provider { get; }

    /// <summary>The supervisor of the users' topmost actors.</summary>
    public abstract IInternalActorRef Guardian { get; }

    /// <summary>The supervisor of the system's own topmost actors.</summary>
    public abstract IInternalActorRef SystemGuardian { get; }

    /// <summary>Makes an actor of the system's own, which outlives those of users.</summary>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);

    /// <summary>Makes an actor of the system's own, which outlives those of users.</summary>
    public abstract IActorRef SystemActorOf<TActor>(string? name = null)
        where TActor : ActorBase, new();
}
