namespace Akka.Actor;

/// <summary>A path cannot be used as it is written.</summary>
public class IllegalActorNameException : AkkaException
{
    /// <summary>An exception with a message.</summary>
    public IllegalActorNameException(string message)
        : base(message)
    {
    }
}
