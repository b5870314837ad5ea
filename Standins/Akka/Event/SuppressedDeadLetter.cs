using Akka.Actor;

namespace Akka.Event;

/// <summary>A message for an actor that does not live, of a kind that this is expected of.</summary>
public sealed class SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);
