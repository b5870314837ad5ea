using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Makes a test actor for a queue.</summary>
internal sealed class QueueActorProducer(TestQueue queue) : IIndirectActorProducer
{
    public Type ActorType => typeof(QueueActor);

    public ActorBase Produce() => new QueueActor(queue);

    public void Release(ActorBase actor)
    {
    }
}
