namespace Akka.Actor;

/// <summary>An actor left the <see cref="Terminated"/> of an actor that it watches unhandled.</summary>
public class DeathPactException : AkkaException
{
    /// <summary>Says which actor's death was not handled.</summary>
    public DeathPactException(IActorRef deadActor)
        : base($"Monitored actor [{deadActor}] terminated")
    {
        DeadActor = deadActor;
    }

    /// <summary>The watched actor that terminated.</summary>
    public IActorRef DeadActor { get; }
}
