using Akka.Actor;

namespace Akka.Hosting;

/// <summary>Does what is to be done once all actors have been started.</summary>
public delegate Task StartupTask(ActorSystem system, IActorRegistry registry);
