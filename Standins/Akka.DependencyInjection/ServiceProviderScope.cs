using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

/// <summary>A scope of a <see cref="IServiceProvider"/>.</summary>
public class ServiceProviderScope : IResolverScope
{
    private readonly IServiceScope _scope;

    /// <summary>Takes over <paramref name="scope"/>, which is disposed with this.</summary>
    public ServiceProviderScope(IServiceScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        _scope = scope;
        Resolver = new ServiceProviderDependencyResolver(scope.ServiceProvider);
    }

    /// <inheritdoc/>
    public IDependencyResolver Resolver { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scope.Dispose();
        GC.SuppressFinalize(this);
    }
}
