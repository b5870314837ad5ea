namespace Akka.Actor;

/// <summary>Knows how an extension of a type is made and found.</summary>
public interface IExtensionId<out T> : IExtensionId
    where T : IExtension
{
    /// <summary>The system's extension, made if it is not there.</summary>
    new T Apply(ActorSystem system);

    /// <summary>The system's extension, made if it is not there.</summary>
    new T Get(ActorSystem system);

    /// <summary>Makes the extension. Called once by the system.</summary>
    new T CreateExtension(ExtendedActorSystem system);
}
