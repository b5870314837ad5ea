namespace Akka.Actor;

/// <summary>The scheduler cannot take what it was given: it is shut down.</summary>
public sealed class SchedulerException : AkkaException
{
    /// <summary>An exception with a message.</summary>
    public SchedulerException(string message)
        : base(message)
    {
    }
}
