namespace Akka.Actor;

/// <summary>An actor as its cell sees it.</summary>
internal interface IInternalActor
{
    /// <summary>The context that the instance was made in.</summary>
    IActorContext ActorContext { get; }
}
