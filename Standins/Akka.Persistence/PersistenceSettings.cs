using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>The settings of <c>akka.persistence</c>.</summary>
public sealed class PersistenceSettings(ActorSystem system, Config config) : Settings(system, config);
