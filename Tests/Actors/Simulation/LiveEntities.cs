using System.Reflection;
using Akka.Actor;
using Akka.Persistence;
using WebChat.Actors.Hosting;
using WebChat.Journal.V1;

namespace WebChat.Tests.Actors.Simulation;

/// <summary>The entities of an actor system that are in memory, by persistence id.</summary>
internal sealed class LiveEntities : ActorProducerPluginBase<Eventsourced>
{
    private readonly Dictionary<string, Eventsourced> _actors = [];

    /// <summary>The state of each on disk, as its actor has it, and the state after its last decision.</summary>
    public IEnumerable<(string PersistenceId, ISnapshot Durable, ISnapshot Newest)> States =>
        _actors.Where(actor => IsEntity(actor.Value.GetType())).Select(actor => (actor.Key, Snapshot(actor.Value, "Durable"), Snapshot(actor.Value, "State")));

    public override void AfterIncarnated(Eventsourced actor, IActorContext context) => _actors[actor.PersistenceId] = actor;

    public override void BeforeIncarnated(Eventsourced actor, IActorContext context)
    {
        if (_actors.GetValueOrDefault(actor.PersistenceId) == actor)
            _actors.Remove(actor.PersistenceId);
    }

    private static bool IsEntity(Type? type) => type is not null && ((type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EntityActor<>)) || IsEntity(type.BaseType));

    private static ISnapshot Snapshot(Eventsourced actor, string property)
    {
        var state = actor.GetType().BaseType!.GetProperty(property, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(actor)!;
        return (ISnapshot)state.GetType().GetMethod("ToSnapshot")!.Invoke(state, null)!;
    }
}
