using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

/// <summary>Takes services from a <see cref="IServiceProvider"/>.</summary>
public class ServiceProviderDependencyResolver : IDependencyResolver
{
    /// <summary>Takes services from <paramref name="serviceProvider"/>.</summary>
    public ServiceProviderDependencyResolver(IServiceProvider serviceProvider)
    {
        ArgumentNullException.ThrowIfNull(serviceProvider);
        ServiceProvider = serviceProvider;
    }

    /// <summary>The container.</summary>
    public IServiceProvider ServiceProvider { get; }

    /// <inheritdoc/>
    public IResolverScope CreateScope() => new ServiceProviderScope(ServiceProvider.CreateScope());

    /// <inheritdoc/>
    public T GetService<T>() => ServiceProvider.GetService<T>()!;

    /// <inheritdoc/>
    public object? GetService(Type type) => ServiceProvider.GetService(type);

    /// <inheritdoc/>
    public Props Props(Type type) => Props(type, []);

    /// <inheritdoc/>
    public Props Props(Type type, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Actor.Props.CreateBy(new ServiceProviderActorProducer(ServiceProvider, type, args));
    }

    /// <inheritdoc/>
    public Props Props<T>(params object[] args) where T : ActorBase => Props(typeof(T), args);
}
