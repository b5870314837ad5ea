using Akka.Actor;

namespace Akka.Hosting;

/// <summary>Makes the <see cref="ActorRegistry"/> of an actor system.</summary>
public sealed class ActorRegistryExtension : ExtensionIdProvider<ActorRegistry>
{
    /// <inheritdoc/>
    public override ActorRegistry CreateExtension(ExtendedActorSystem system) => new();
}
