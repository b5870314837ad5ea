using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Reacts to a message, and says who reacts to the next one.</summary>
public delegate AutoPilot AutoPilotDelegate(IActorRef sender, object message);
