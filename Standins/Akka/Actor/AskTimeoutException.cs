namespace Akka.Actor;

/// <summary>No answer came within the time that an <c>Ask</c> was given.</summary>
public class AskTimeoutException : AkkaException
{
    /// <summary>An exception with a message.</summary>
    public AskTimeoutException(string message)
        : base(message)
    {
    }
}
