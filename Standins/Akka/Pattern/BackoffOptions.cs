using Akka.Actor;

namespace Akka.Pattern;

/// <summary>How a <see cref="BackoffSupervisor"/> treats its child.</summary>
public abstract class BackoffOptions
{
    private protected BackoffOptions()
    {
    }

    internal abstract Props Props { get; }

    /// <summary>Begins again with the shortest pause once the child has lived so long; unless set, the shortest pause itself.</summary>
    public abstract BackoffOptions WithAutoReset(TimeSpan resetBackoff);

    /// <summary>Begins again with the shortest pause when <see cref="BackoffSupervisor.Reset"/> comes.</summary>
    public abstract BackoffOptions WithManualReset();

    /// <summary>What is decided about the child's failures.</summary>
    public abstract BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy);

    /// <summary>Stops the child at each failure.</summary>
    public abstract BackoffOptions WithDefaultStoppingStrategy();

    /// <summary>After how many times to give up; -1 for never.</summary>
    public abstract BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries);

    /// <summary>What is answered while there is no child; unless set, messages go to the dead letters.</summary>
    public abstract BackoffOptions WithReplyWhileStopped(object replyWhileStopped);

    /// <summary>Which message ends it: when the child stops after it, the supervisor does too.</summary>
    public abstract BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage);
}
