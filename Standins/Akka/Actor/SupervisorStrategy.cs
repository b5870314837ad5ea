using Akka.Event;

namespace Akka.Actor;

/// <summary>How an actor deals with failing children.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>Stops children that could not be initialised, were killed or died of a death pact; restarts the others.</summary>
    public static readonly IDecider DefaultDecider = Actor.Decider.From(
        Directive.Restart,
        KeyValuePair.Create(typeof(ActorInitializationException), Directive.Stop),
        KeyValuePair.Create(typeof(ActorKilledException), Directive.Stop),
        KeyValuePair.Create(typeof(DeathPactException), Directive.Stop));

    /// <summary>Decides by <see cref="DefaultDecider"/>, for each child alone and any number of times.</summary>
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    /// <summary>Stops each child that fails.</summary>
    public static readonly OneForOneStrategy StoppingStrategy = new(Actor.Decider.From(_ => Directive.Stop));

    /// <summary>For derived strategies.</summary>
    private protected SupervisorStrategy()
    {
    }

    /// <summary>What decides.</summary>
    public abstract IDecider Decider { get; }

    /// <summary>Whether failures are logged.</summary>
    protected bool LoggingEnabled { get; set; } = true;

    /// <summary>Decides about a failure and does it; false where it is to be escalated.</summary>
    internal bool HandleFailure(ActorCell actorCell, IActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children)
    {
        var directive = Handle(child, cause);
        switch (directive)
        {
            case Directive.Escalate:
                return false;
            case Directive.Resume:
                LogFailure(actorCell, child, cause, directive);
                ResumeChild(child, cause);
                return true;
            default:
                LogFailure(actorCell, child, cause, directive);
                ProcessFailure(actorCell, directive == Directive.Restart, child, cause, stats, children);
                return true;
        }
    }

    internal abstract void ProcessFailure(ActorCell context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children);

    /// <summary>What is done about a child's failure.</summary>
    protected abstract Directive Handle(IActorRef child, Exception exception);

    /// <summary>Lets a child go on.</summary>
    protected void ResumeChild(IActorRef child, Exception exception) => ((IInternalActorRef)child).Resume(exception);

    /// <summary>Restarts a child, one that did not fail itself after it was suspended.</summary>
    protected void RestartChild(IActorRef child, Exception cause, bool suspendFirst)
    {
        var known = (IInternalActorRef)child;
        if (suspendFirst) known.Suspend();
        known.Restart(cause);
    }

    /// <summary>Logs a failure: as a warning where the child goes on, else as an error.</summary>
    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled) return;
        var reason = cause is ActorInitializationException { InnerException: { } inner } ? inner.Message : cause.Message;
        var source = child.Path.ToString();
        LogEvent entry = directive == Directive.Resume
            ? new Warning(cause, source, GetType(), reason)
            : new Error(cause, source, GetType(), reason);
        context.System.EventStream.Publish(entry);
    }
}
