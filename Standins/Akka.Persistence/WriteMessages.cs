using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Asks a journal to write; answered with one <see cref="WriteMessagesSuccessful"/> or <see cref="WriteMessagesFailed"/> and then one message for each event.</summary>
public sealed class WriteMessages(IEnumerable<IPersistentEnvelope> messages, IActorRef persistentActor, int actorInstanceId) : IJournalRequest
{
    /// <summary>What is written, in order.</summary>
    public IEnumerable<IPersistentEnvelope> Messages { get; } = messages;

    /// <summary>Who gets the answers.</summary>
    public IActorRef PersistentActor { get; } = persistentActor;

    /// <summary>Tells the answers to one incarnation of the actor from those to another.</summary>
    public int ActorInstanceId { get; } = actorInstanceId;
}
