namespace Akka.Actor;

/// <summary>The receive timeout's timer is due.</summary>
internal sealed class ReceiveTimeoutTick : IAutoReceivedMessage;
