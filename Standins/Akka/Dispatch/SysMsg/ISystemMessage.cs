using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>A message of the actor system itself. It overtakes the messages of users.</summary>
public interface ISystemMessage : INoSerializationVerificationNeeded
{
}
