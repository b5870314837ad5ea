using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.DependencyInjection;
using Akka.Hosting;
using WebChat.Actors.Telemetry;

namespace WebChat.Actors.Hosting;

/// <summary>Starts the entities of a kind, and registers the actor that receives their messages.</summary>
/// <param name="akka">The actor system.</param>
/// <param name="isCluster">Whether the entities are spread over the nodes of a cluster.</param>
public sealed class EntitySetup(AkkaConfigurationBuilder akka, bool isCluster)
{
    private static readonly ShardOptions Sharding = new()
    {
        HandOffStopMessage = EntityParent.HandOver.Instance,
        StateStoreMode = StateStoreMode.DData,
        ShouldPassivateIdleEntities = false,
    };

    /// <summary>Adds entities that are reached by <c>IRequiredActor&lt;TKey&gt;</c>.</summary>
    /// <param name="name">The name of the kind, as in actor paths.</param>
    /// <param name="entity">Makes an entity from its id.</param>
    public EntitySetup WithEntities<TKey>(string name, Func<IDependencyResolver, string, Props> entity)
    {
        if (isCluster)
            akka.WithShardRegion<TKey>(name, (_, _, resolver) => _ => Parent(name, resolver, id => entity(resolver, id)), new Shards(name), Sharding);
        else
            WithParent<TKey>(name, resolver => Parent(name, resolver, id => entity(resolver, id)));
        return this;
    }

    /// <summary>Adds an entity that exists once, and is reached by <c>IRequiredActor&lt;TKey&gt;</c>.</summary>
    /// <param name="name">The name of its kind, as in actor paths.</param>
    /// <param name="id">Its id. In a cluster it starts at once, so that it goes on with its work when its former node is gone.</param>
    /// <param name="entity">Makes it.</param>
    /// <param name="revives">Whether it has work of its own, and starts again after a failure without being asked.</param>
    public EntitySetup WithSingleEntity<TKey>(string name, string id, Func<IDependencyResolver, Props> entity, bool revives = false)
    {
        Props Observed(IDependencyResolver resolver) => entity(resolver).WithMailbox(ObservedMailbox.ConfigPath);
        if (isCluster)
            akka.WithSingleton<TKey>(name, (_, _, resolver) => Parent(name, resolver, _ => Observed(resolver), revives, id), new() { TerminationMessage = EntityParent.HandOver.Instance });
        else
            WithParent<TKey>(name, resolver => Parent(name, resolver, _ => Observed(resolver), revives));
        return this;
    }

    private void WithParent<TKey>(string name, Func<IDependencyResolver, Props> parent) =>
        akka.WithActors((system, registry, resolver) => registry.Register<TKey>(system.ActorOf(parent(resolver), name)));

    private static Props Parent(string name, IDependencyResolver resolver, Func<string, Props> entity, bool revives = false, string? first = null)
    {
        var (counts, failing) = (resolver.GetService<AwakeEntities>(), resolver.GetService<FailingEntities>());
        return Props.Create(() => new EntityParent(name, entity, counts, failing, revives, first));
    }
}
