namespace Akka.Actor;

/// <summary>The base of the exceptions that actors and their systems throw.</summary>
public abstract class AkkaException : Exception
{
    /// <summary>An exception without a message.</summary>
    protected AkkaException()
    {
    }

    /// <summary>An exception with a message and what caused it.</summary>
    protected AkkaException(string? message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>What caused this exception, if anything did.</summary>
    protected Exception? Cause => InnerException;
}
