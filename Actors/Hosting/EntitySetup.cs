using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;

namespace WebChat.Actors.Hosting;

/// <summary>Starts the entities of a kind, and registers the actor that receives their messages.</summary>
public static class EntitySetup
{
    /// <summary>Adds entities that are reached by <c>IRequiredActor&lt;TKey&gt;</c>.</summary>
    /// <param name="akka">The actor system.</param>
    /// <param name="name">The name of the kind, as in actor paths.</param>
    /// <param name="entity">Makes an entity from its id.</param>
    /// <param name="revives">Whether the entities have work of their own, and start again after a failure without being asked.</param>
    public static AkkaConfigurationBuilder WithEntities<TKey>(
        this AkkaConfigurationBuilder akka, string name, Func<IDependencyResolver, string, Props> entity, bool revives = false) =>
        akka.WithActors((system, registry, resolver) =>
        {
            var failing = resolver.GetService<FailingEntities>();
            registry.Register<TKey>(system.ActorOf(Props.Create(() => new EntityParent(id => entity(resolver, id), failing, revives)), name));
        });
}
