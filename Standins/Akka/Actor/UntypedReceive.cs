namespace Akka.Actor;

/// <summary>What an untyped actor does with a message.</summary>
public delegate void UntypedReceive(object message);
