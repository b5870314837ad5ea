using Akka.Actor;

namespace Akka.Event;

/// <summary>A message that was given up on its way, and why.</summary>
public sealed class Dropped : AllDeadLetters
{
    /// <summary>A message that was given up.</summary>
    public Dropped(object message, string reason, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient)
    {
        Reason = reason;
    }

    /// <summary>A message from nobody that was given up.</summary>
    public Dropped(object message, string reason, IActorRef recipient)
        : this(message, reason, ActorRefs.NoSender!, recipient)
    {
    }

    /// <summary>Why it was given up.</summary>
    public string Reason { get; }
}
