using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>The key to an actor system's persistence: <c>Persistence.Instance.Apply(system)</c>.</summary>
public sealed class Persistence : ExtensionIdProvider<PersistenceExtension>
{
    public static Persistence Instance { get; } = new();

    /// <summary>The settings that hold where nothing else is said.</summary>
    public static Config DefaultConfig() => ConfigurationFactory.FromResource<Persistence>("Akka.Persistence.persistence.conf");

    /// <inheritdoc />
    public override PersistenceExtension CreateExtension(ExtendedActorSystem system) => new(system);
}
