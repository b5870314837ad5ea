using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Sends every message back to its sender.</summary>
public class SimpleEchoActor : ReceiveActor
{
    /// <summary>Made from <see cref="Props"/>.</summary>
    public SimpleEchoActor() => ReceiveAny(message => Sender.Tell(message, Self));

    /// <summary>The recipe.</summary>
    public static Props Props() => Actor.Props.Create(() => new SimpleEchoActor());
}
