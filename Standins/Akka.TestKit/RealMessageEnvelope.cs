using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message that was received, with its sender.</summary>
public sealed class RealMessageEnvelope(object message, IActorRef sender) : MessageEnvelope
{
    /// <inheritdoc/>
    public override object Message { get; } = message;

    /// <inheritdoc/>
    public override IActorRef Sender { get; } = sender;

    /// <summary>The message and its sender.</summary>
    public override string ToString() => $"<{Message}> from {Sender}";
}
