using Akka.Actor;

namespace Akka.DependencyInjection;

/// <summary>The container of an actor system, as the system was set up with it.</summary>
public sealed class DependencyResolver : IExtension
{
    /// <summary>Makes it for that resolver.</summary>
    public DependencyResolver(IDependencyResolver resolver)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        Resolver = resolver;
    }

    /// <summary>Gives services and recipes for actors.</summary>
    public IDependencyResolver Resolver { get; }

    /// <summary>The container of <paramref name="actorSystem"/>.</summary>
    /// <exception cref="Configuration.ConfigurationException">The system was not set up with a <see cref="DependencyResolverSetup"/>.</exception>
    public static DependencyResolver For(ActorSystem actorSystem) => actorSystem.WithExtension<DependencyResolver, DependencyResolverExtension>();

    /// <summary>The recipe for an actor whose constructor takes services only.</summary>
    public Props Props<T>() where T : ActorBase => Resolver.Props<T>();

    /// <summary>The recipe for an actor; the constructor parameters that <paramref name="args"/> do not fill are services.</summary>
    public Props Props<T>(params object[] args) where T : ActorBase => Resolver.Props<T>(args);

    /// <summary>The recipe for an actor of that type whose constructor takes services only.</summary>
    public Props Props(Type type) => Resolver.Props(type);

    /// <summary>The recipe for an actor of that type; the constructor parameters that <paramref name="args"/> do not fill are services.</summary>
    public Props Props(Type type, params object[] args) => Resolver.Props(type, args);
}
