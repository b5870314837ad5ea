using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

/// <summary>Makes an actor, and makes it anew at a restart, with services for what the given arguments leave open.</summary>
internal sealed class ServiceProviderActorProducer(IServiceProvider services, Type actorType, object[] args) : IIndirectActorProducer
{
    public Type ActorType { get; } = actorType;

    public ActorBase Produce() => (ActorBase)ActivatorUtilities.CreateInstance(services, ActorType, args);

    // The container did not make the actor, so it has nothing to give back.
    public void Release(ActorBase actor)
    {
    }
}
