using Akka.Actor;

namespace Akka.Persistence;

/// <summary>A journal or snapshot store did not answer a recovering actor within recovery-event-timeout.</summary>
public class RecoveryTimedOutException : AkkaException
{
    public RecoveryTimedOutException()
    {
    }

    public RecoveryTimedOutException(string message, Exception? cause = null)
        : base(message, cause!)
    {
    }
}
