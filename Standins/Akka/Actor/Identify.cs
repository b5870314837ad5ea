namespace Akka.Actor;

/// <summary>Asks any actor who it is; it answers with <see cref="ActorIdentity"/>.</summary>
public sealed class Identify(object? messageId) : IAutoReceivedMessage, INotInfluenceReceiveTimeout
{
    /// <summary>What the answer carries, so that the asker knows what it answers.</summary>
    public object? MessageId { get; } = messageId;
}
