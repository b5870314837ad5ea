namespace Akka.Actor;

/// <summary>What an actor does with a message; false where it leaves it unhandled.</summary>
public delegate bool Receive(object message);
