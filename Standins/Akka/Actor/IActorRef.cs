namespace Akka.Actor;

/// <summary>The handle of an actor: all that anyone but the actor itself ever holds of it.</summary>
public interface IActorRef : ICanTell, IComparable<IActorRef>, IEquatable<IActorRef>
{
    /// <summary>Where the actor lives, with the uid that tells its incarnations apart.</summary>
    ActorPath Path { get; }
}
