using Akka.Actor.Setup;

namespace Akka.DependencyInjection;

/// <summary>Tells an actor system which container its actors get their services from.</summary>
public class DependencyResolverSetup : Setup
{
    private DependencyResolverSetup(IDependencyResolver resolver) => DependencyResolver = resolver;

    /// <summary>The container.</summary>
    public IDependencyResolver DependencyResolver { get; }

    /// <summary>The setup for a <see cref="IServiceProvider"/>.</summary>
    public static DependencyResolverSetup Create(IServiceProvider provider) => Create(new ServiceProviderDependencyResolver(provider));

    /// <summary>The setup for any container.</summary>
    public static DependencyResolverSetup Create(IDependencyResolver provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new DependencyResolverSetup(provider);
    }
}
