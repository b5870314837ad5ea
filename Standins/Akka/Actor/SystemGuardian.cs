using Akka.Event;

namespace Akka.Actor;

/// <summary>Supervises the system's own actors, and ends after the users' have.</summary>
internal sealed class SystemGuardian(IActorRef userGuardian) : ActorBase
{
    protected override void PreStart() => Context.Watch(userGuardian);

    protected override bool Receive(object message)
    {
        if (message is Terminated)
        {
            // The loggers are among those that end now; what is logged from here on goes to the console.
            ((ActorSystemImpl)Context.System).EventStream.StopLoggers((ActorSystemImpl)Context.System);
            Context.Stop(Self);
            return true;
        }

        Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
        return true;
    }
}
