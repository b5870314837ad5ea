using Akka.Actor;

namespace Akka.Persistence.Internal;

/// <summary>A snapshot store plugin that has been started.</summary>
internal sealed record SnapshotPlugin(IActorRef Actor);
