namespace Akka.Hosting;

/// <summary>No actor is registered under a key.</summary>
public sealed class MissingActorRegistryEntryException : ActorRegistryException
{
    /// <summary>Makes an exception with the reason.</summary>
    public MissingActorRegistryEntryException(string message) : base(message)
    {
    }

    /// <summary>Makes an exception with the reason and what caused it.</summary>
    public MissingActorRegistryEntryException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
