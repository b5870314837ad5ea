using Akka.Actor;

namespace Akka.Event;

/// <summary>A message for an actor that does not live.</summary>
public sealed class DeadLetter(object message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);
