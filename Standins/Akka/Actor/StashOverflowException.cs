namespace Akka.Actor;

/// <summary>A stash with a capacity is full.</summary>
public class StashOverflowException : AkkaException
{
    /// <summary>An exception with a message and its cause.</summary>
    public StashOverflowException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
