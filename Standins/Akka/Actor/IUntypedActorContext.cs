namespace Akka.Actor;

/// <summary>The context of an <see cref="UntypedActor"/>.</summary>
public interface IUntypedActorContext : IActorContext
{
    /// <summary>Replaces what the actor does with messages.</summary>
    void Become(UntypedReceive receive);

    /// <summary>Lays a behaviour over the present one.</summary>
    void BecomeStacked(UntypedReceive receive);
}
