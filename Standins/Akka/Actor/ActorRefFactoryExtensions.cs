namespace Akka.Actor;

/// <summary>Shorthands for making and finding actors.</summary>
public static class ActorRefFactoryExtensions
{
    /// <summary>Makes an actor of a type with a constructor that needs nothing.</summary>
    public static IActorRef ActorOf<TActor>(this IActorRefFactory factory, string? name = null)
        where TActor : ActorBase, new() =>
        factory.ActorOf(Props.Create<TActor>(), name);

    /// <summary>The actors at a path relative to <paramref name="anchorRef"/>.</summary>
    public static ActorSelection ActorSelection(this IActorRefFactory factory, IActorRef anchorRef, string actorPath) =>
        new(anchorRef, actorPath);
}
