namespace Akka.Actor;

/// <summary>The base of all actors. An actor handles one message at a time and shares its state with nobody.</summary>
public abstract class ActorBase : IInternalActor
{
    private readonly ActorCell _cell;
    private SupervisorStrategy? _strategy;

    /// <summary>Called by an actor system only: see <see cref="Props"/>.</summary>
    /// <exception cref="ActorInitializationException">The actor was made with <c>new</c>.</exception>
    protected ActorBase()
    {
        _cell = ActorCell.Current ?? throw new ActorInitializationException(
            $"You cannot create an instance of {GetType()} explicitly using the constructor (new). You have to use one of the factory methods to create a new actor. See the 'ActorOf' of a context or a system.");
    }

    IActorContext IInternalActor.ActorContext => _cell;

    /// <summary>What the actor sees of itself and its surroundings; only while it handles a message.</summary>
    /// <exception cref="NotSupportedException">No actor is running on this thread.</exception>
    protected static IActorContext Context => ActorCell.Current ?? throw NoContext();

    /// <summary>A behaviour that leaves every message unhandled.</summary>
    protected static Receive EmptyReceive { get; } = _ => false;

    /// <summary>The actor's own reference.</summary>
    protected IActorRef Self => _cell.Self;

    /// <summary>Who sent the message that the actor is at; the dead letters where nobody did.</summary>
    /// <exception cref="NotSupportedException">No actor is running on this thread.</exception>
    protected IActorRef Sender => (ActorCell.Current ?? throw NoContext()).Sender;

    internal SupervisorStrategy Strategy => _strategy ??= _cell.Props.SupervisorStrategy ?? SupervisorStrategy();

    internal virtual Receive InitialBehavior => Receive;

    /// <summary>Before the first instance starts: calls <see cref="PreStart"/>.</summary>
    public virtual void AroundPreStart() => PreStart();

    /// <summary>Before a failed instance is replaced: calls <see cref="PreRestart"/>.</summary>
    public virtual void AroundPreRestart(Exception cause, object message) => PreRestart(cause, message);

    /// <summary>After a new instance has replaced a failed one: calls <see cref="PostRestart"/>.</summary>
    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    /// <summary>After the actor has stopped: calls <see cref="PostStop"/>.</summary>
    public virtual void AroundPostStop() => PostStop();

    internal bool Handle(Receive receive, object message) => AroundReceive(receive, message);

    /// <summary>Hands a message to a behaviour, and to <see cref="Unhandled"/> what that leaves.</summary>
    protected internal virtual bool AroundReceive(Receive receive, object message)
    {
        if (receive(message)) return true;
        Unhandled(message);
        return false;
    }

    /// <summary>What the actor does with a message; false where it leaves it unhandled.</summary>
    protected abstract bool Receive(object message);

    /// <summary>
    /// What becomes of a message that the actor did not handle: it is published as <see cref="Event.UnhandledMessage"/>;
    /// a <see cref="Terminated"/> throws <see cref="DeathPactException"/>.
    /// </summary>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated) throw new DeathPactException(terminated.ActorRef);
        _cell.System.EventStream.Publish(new Event.UnhandledMessage(message, Sender, Self));
    }

    /// <summary>Replaces what the actor does with messages.</summary>
    protected void Become(Receive receive) => Context.Become(receive);

    /// <summary>Lays a behaviour over the present one.</summary>
    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    /// <summary>Takes the topmost behaviour away.</summary>
    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    /// <summary>Asks for <see cref="ReceiveTimeout"/> whenever no message came for so long; null for no more of it.</summary>
    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    /// <summary>What the actor decides about failing children.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;

    /// <summary>Called before the actor's first message.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>Called on the failed instance before it is replaced. Unless overridden, stops all children and calls <see cref="PostStop"/>.</summary>
    /// <param name="reason">Why the actor failed, or why its supervisor restarts it.</param>
    /// <param name="message">The message that it failed at; null where it was at none.</param>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }

        PostStop();
    }

    /// <summary>Called on the new instance after a restart. Unless overridden, calls <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>Called when the actor and all its children have stopped.</summary>
    protected virtual void PostStop()
    {
    }

    private static NotSupportedException NoContext() => new(
        "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");
}
