namespace Akka.Hosting;

/// <summary>Something is wrong about the registry of actors.</summary>
public class ActorRegistryException : Exception
{
    /// <summary>Makes an exception with the reason.</summary>
    public ActorRegistryException(string message) : base(message)
    {
    }

    /// <summary>Makes an exception with the reason and what caused it.</summary>
    public ActorRegistryException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
