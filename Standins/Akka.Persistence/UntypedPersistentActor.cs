using Akka.Actor;

namespace Akka.Persistence;

/// <summary>A persistent actor that looks at each message itself.</summary>
public abstract class UntypedPersistentActor : Eventsourced
{
    protected static new IUntypedActorContext Context => (IUntypedActorContext)ActorBase.Context;

    /// <inheritdoc />
    protected override bool Receive(object message) => ReceiveCommand(message);

    /// <inheritdoc />
    protected sealed override bool ReceiveCommand(object message)
    {
        OnCommand(message);
        return true;
    }

    /// <inheritdoc />
    protected sealed override bool ReceiveRecover(object message)
    {
        OnRecover(message);
        return true;
    }

    /// <summary>Handles a command; what it does not know it hands to <see cref="Eventsourced.Unhandled"/>.</summary>
    protected abstract void OnCommand(object message);

    /// <summary>Handles a snapshot offer, an event, or the end of the recovery.</summary>
    protected abstract void OnRecover(object message);

    /// <summary>Handles commands in another way from here on.</summary>
    protected void Become(UntypedReceive receive) => Context.Become(receive);

    /// <summary>Handles commands in another way until <c>UnbecomeStacked</c>.</summary>
    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);
}
