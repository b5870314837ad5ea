namespace Akka.Actor;

/// <summary>A message that never leaves the process, and so needs no serializer.</summary>
public interface INoSerializationVerificationNeeded
{
}
