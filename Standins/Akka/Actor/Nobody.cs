namespace Akka.Actor;

/// <summary>The reference that stands for no actor. What it is told is lost.</summary>
public sealed class Nobody : MinimalActorRef
{
    /// <summary>The only instance.</summary>
    public static readonly Nobody Instance = new();

    private Nobody()
    {
    }

    /// <inheritdoc/>
    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/Nobody");

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: no provider made this reference.</exception>
    public override IActorRefProvider Provider => throw new NotSupportedException("Nobody does not provide");
}
