namespace Akka.Actor;

/// <summary>Questions to a reference.</summary>
public static class ActorRefExtensions
{
    /// <summary>Whether the reference is null or stands for no actor: nobody, or the dead letters.</summary>
    public static bool IsNobody(this IActorRef? actorRef) => actorRef is null or Nobody or DeadLetterActorRef;

    /// <summary>The reference itself, or what <paramref name="elseValue"/> gives where it stands for no actor.</summary>
    public static IActorRef GetOrElse(this IActorRef? actorRef, Func<IActorRef> elseValue) => actorRef is null || actorRef.IsNobody() ? elseValue() : actorRef;
}
