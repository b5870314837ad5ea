using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>Tells supervisor and watchers that an actor has stopped.</summary>
internal sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed) : SystemMessage
{
    public IActorRef Actor { get; } = actor;

    public bool ExistenceConfirmed { get; } = existenceConfirmed;
}
