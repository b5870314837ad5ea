namespace Akka.Actor;

/// <summary>What was sent is not a message: it was null.</summary>
public class InvalidMessageException : AkkaException
{
    /// <summary>An exception that says that a message was null.</summary>
    public InvalidMessageException()
        : this("Message is null")
    {
    }

    /// <summary>An exception with a message.</summary>
    public InvalidMessageException(string message)
        : base(message)
    {
    }
}
