using Akka.Actor;
using Akka.Configuration;

namespace Akka.DependencyInjection;

/// <summary>Makes the <see cref="DependencyResolver"/> of an actor system.</summary>
public sealed class DependencyResolverExtension : ExtensionIdProvider<DependencyResolver>
{
    /// <inheritdoc/>
    public override DependencyResolver CreateExtension(ExtendedActorSystem system)
    {
        var setup = system.Settings.Setup.Get<DependencyResolverSetup>();
        return setup.HasValue
            ? new DependencyResolver(setup.Value.DependencyResolver)
            : throw new ConfigurationException($"The actor system '{system.Name}' has no dependency injection: it was created without a {nameof(DependencyResolverSetup)}.");
    }
}
