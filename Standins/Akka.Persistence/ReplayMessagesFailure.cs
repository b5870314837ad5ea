namespace Akka.Persistence;

/// <summary>Reading the events back failed.</summary>
public sealed class ReplayMessagesFailure(Exception cause) : IJournalResponse
{
    public Exception Cause { get; } = cause;
}
