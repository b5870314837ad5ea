namespace Akka.Actor;

/// <summary>A message that every actor understands without handling it.</summary>
public interface IAutoReceivedMessage
{
}
