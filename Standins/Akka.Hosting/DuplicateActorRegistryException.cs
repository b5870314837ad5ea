namespace Akka.Hosting;

/// <summary>Another actor is registered under the key.</summary>
public sealed class DuplicateActorRegistryException : ActorRegistryException
{
    /// <summary>Makes an exception with the reason.</summary>
    public DuplicateActorRegistryException(string message) : base(message)
    {
    }

    /// <summary>Makes an exception with the reason and what caused it.</summary>
    public DuplicateActorRegistryException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
