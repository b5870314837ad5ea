namespace Akka.Actor;

/// <content>For actors that keep messages back themselves.</content>
internal sealed partial class ActorCell
{
    /// <summary>
    /// In the actor's turn: gives it a message that it had before and kept for later, as the message of this turn from here on.
    /// What the cell itself does with a message was done when it first came.
    /// </summary>
    public void Redeliver(object message, IActorRef? sender)
    {
        CurrentEnvelopeId++;
        _message = message;
        _sender = sender;
        _actor!.AroundReceive(_behavior!, message);
    }
}
