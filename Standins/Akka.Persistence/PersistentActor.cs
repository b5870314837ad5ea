namespace Akka.Persistence;

/// <summary>A persistent actor that returns whether it knew a message.</summary>
public abstract class PersistentActor : Eventsourced
{
    /// <inheritdoc />
    protected override bool Receive(object message) => ReceiveCommand(message);
}
