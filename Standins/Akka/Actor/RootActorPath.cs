namespace Akka.Actor;

/// <summary>The root of a system's paths.</summary>
public sealed class RootActorPath(Address address, string name = "") : ActorPath(address, name);
