using Akka.Actor;

namespace Akka.TestKit;

/// <summary>An actor that runs on the calling thread, and whose instance can be looked at.</summary>
public class TestActorRef<TActor> : TestActorRefBase<TActor> where TActor : ActorBase
{
    /// <summary>Makes the actor, at the top of the system or below <paramref name="supervisor"/>.</summary>
    public TestActorRef(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null) : base(system, actorProps, supervisor, name)
    {
    }
}
