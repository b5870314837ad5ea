namespace Akka.Actor;

/// <summary>Deals with all children as with the one that failed.</summary>
public class AllForOneStrategy : SupervisorStrategy
{
    /// <summary>Decides by a delegate, any number of times.</summary>
    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(-1, -1, localOnlyDecider)
    {
    }

    /// <summary>Decides by a decider, any number of times.</summary>
    public AllForOneStrategy(IDecider decider)
        : this(-1, -1, decider)
    {
    }

    /// <summary>Restarts the children at most so many times within a time; then stops them.</summary>
    /// <param name="maxNrOfRetries">Null for any number.</param>
    /// <param name="withinTimeRange">Null for ever.</param>
    /// <param name="localOnlyDecider">What decides.</param>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries ?? -1, OneForOneStrategy.Milliseconds(withinTimeRange), localOnlyDecider)
    {
    }

    /// <summary>Restarts the children at most so many times within a time; then stops them.</summary>
    /// <param name="maxNrOfRetries">Null for any number.</param>
    /// <param name="withinTimeRange">Null for ever.</param>
    /// <param name="decider">What decides.</param>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries ?? -1, OneForOneStrategy.Milliseconds(withinTimeRange), decider)
    {
    }

    /// <summary>Restarts the children at most so many times (-1: any number) within so many milliseconds (-1: for ever); then stops them.</summary>
    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled)
    {
    }

    /// <summary>Restarts the children at most so many times (-1: any number) within so many milliseconds (-1: for ever); then stops them.</summary>
    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        MaxNumberOfRetries = maxNrOfRetries;
        WithinTimeRangeMilliseconds = withinTimeMilliseconds;
        Decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    /// <summary>How many restarts are allowed; -1 for any number.</summary>
    public int MaxNumberOfRetries { get; }

    /// <summary>Within what time they are counted; -1 for ever.</summary>
    public int WithinTimeRangeMilliseconds { get; }

    /// <inheritdoc/>
    public override IDecider Decider { get; }

    internal override void ProcessFailure(ActorCell context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children)
    {
        // Each child counts for itself; all are asked, so that all have counted.
        var allowed = restart && children.Aggregate(true, (all, c) => c.RequestRestartPermission(MaxNumberOfRetries, WithinTimeRangeMilliseconds) && all);
        foreach (var each in children)
        {
            if (allowed) RestartChild(each.Child, cause, suspendFirst: !each.Child.Equals(child));
            else context.Stop(each.Child);
        }
    }

    /// <inheritdoc/>
    protected override Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);
}
