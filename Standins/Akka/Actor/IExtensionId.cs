namespace Akka.Actor;

/// <summary>Knows how an extension is made and found.</summary>
public interface IExtensionId
{
    /// <summary>The type of the extension.</summary>
    Type ExtensionType { get; }

    /// <summary>The system's extension, made if it is not there.</summary>
    object Apply(ActorSystem system);

    /// <summary>The system's extension, made if it is not there.</summary>
    object Get(ActorSystem system);

    /// <summary>Makes the extension. Called once by the system.</summary>
    object CreateExtension(ExtendedActorSystem system);
}
