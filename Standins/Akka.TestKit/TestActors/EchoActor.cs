using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Sends every message to the test, and back to its sender.</summary>
public class EchoActor : ReceiveActor
{
    /// <summary>Made from <see cref="Props"/>.</summary>
    public EchoActor(TestKitBase testkit, bool echoBackToSenderAsWell = true) => ReceiveAny(message =>
    {
        var sender = Sender;
        var test = testkit.TestActor;
        if (echoBackToSenderAsWell && !test.Equals(sender)) sender.Forward(message);
        test.Tell(message, sender);
    });

    /// <summary>The recipe.</summary>
    public static Props Props(TestKitBase testkit, bool echoBackToSenderAsWell = true) =>
        Actor.Props.Create(() => new EchoActor(testkit, echoBackToSenderAsWell));
}
