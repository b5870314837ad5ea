namespace Akka.DependencyInjection;

/// <summary>A scope of the container. Disposing it disposes the services that it made.</summary>
public interface IResolverScope : IDisposable
{
    /// <summary>Gives what belongs to this scope.</summary>
    IDependencyResolver Resolver { get; }
}
