using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Any message between a persistent actor and its plugins; it never leaves the process.</summary>
public interface IPersistenceMessage : INoSerializationVerificationNeeded
{
}
