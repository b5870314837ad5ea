using Akka.Actor;
using Akka.Event;

namespace WebChat.Actors.Telemetry;

/// <summary>Counts the dead letters of the actor system.</summary>
internal sealed class DeadLetterCounter : ReceiveActor
{
    public DeadLetterCounter(ChatMetrics metrics) => Receive<DeadLetter>(_ => metrics.DeadLetter());

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
}
