using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Forwards every message.</summary>
public class ForwardActor : ReceiveActor
{
    /// <summary>Made from <see cref="Props"/>.</summary>
    public ForwardActor(IActorRef target) => ReceiveAny(target.Forward);

    /// <summary>The recipe.</summary>
    public static Props Props(IActorRef target) => Actor.Props.Create(() => new ForwardActor(target));
}
