using Akka.Actor;

namespace Akka.DependencyInjection;

/// <summary>Gives services out of a container, and recipes for actors whose constructor arguments come from it.</summary>
public interface IDependencyResolver
{
    /// <summary>Opens a scope of the container; whoever opens it disposes it.</summary>
    IResolverScope CreateScope();

    /// <summary>The service of that type, or the type's default where the container has none.</summary>
    T GetService<T>();

    /// <summary>The service of that type, or null where the container has none.</summary>
    object? GetService(Type type);

    /// <summary>The recipe for an actor of that type whose constructor takes services only.</summary>
    Props Props(Type type);

    /// <summary>The recipe for an actor of that type; the constructor parameters that <paramref name="args"/> do not fill are services.</summary>
    Props Props(Type type, params object[] args);

    /// <summary>The recipe for an actor of that type; the constructor parameters that <paramref name="args"/> do not fill are services.</summary>
    Props Props<T>(params object[] args) where T : ActorBase;
}
