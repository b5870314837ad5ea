using Akka.Actor;

namespace Akka.Persistence;

/// <summary>An actor whose own stash works together with the one that holds commands back while events are written.</summary>
public interface IPersistenceStash : IWithUnboundedStash
{
}
