namespace Akka.Actor;

/// <summary>References that stand for the absence of an actor.</summary>
public static class ActorRefs
{
    /// <summary>No actor.</summary>
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>No sender: an answer to such a message goes to the dead letters.</summary>
    public static readonly IActorRef? NoSender = null;
}
