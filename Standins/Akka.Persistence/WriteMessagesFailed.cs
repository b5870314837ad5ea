namespace Akka.Persistence;

/// <summary>None of a request's events could be written.</summary>
public sealed class WriteMessagesFailed(Exception cause, int writeCount) : IJournalResponse
{
    public Exception Cause { get; } = cause;

    /// <summary>How many atomic writes failed.</summary>
    public int WriteCount { get; } = writeCount;
}
