using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>Takes a watcher's registration back.</summary>
internal sealed class Unwatch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;

    public IInternalActorRef Watcher { get; } = watcher;
}
