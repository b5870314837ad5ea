using Akka.Event;

namespace Akka.Actor;

/// <summary>Supervises the actors that the users of a system make at its top.</summary>
internal sealed class UserGuardian : ActorBase
{
    protected override bool Receive(object message)
    {
        Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
        return true;
    }
}
