namespace Akka.Actor;

/// <summary>A message and who sent it.</summary>
public readonly struct Envelope
{
    /// <summary>Keeps a message with its sender.</summary>
    public Envelope(object message, IActorRef sender)
    {
        Message = message ?? throw new InvalidMessageException();
        Sender = sender;
    }

    /// <summary>Keeps a message with its sender; with the system's dead letters where it has none.</summary>
    public Envelope(object message, IActorRef? sender, ActorSystem system)
        : this(message, sender ?? system.DeadLetters)
    {
    }

    /// <summary>Who sent the message.</summary>
    public IActorRef Sender { get; }

    /// <summary>The message.</summary>
    public object Message { get; }

    /// <inheritdoc/>
    public override string ToString() => $"<{Message}> from {Sender}";
}
