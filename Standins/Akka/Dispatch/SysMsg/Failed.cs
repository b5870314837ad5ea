using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>A child's failure on its way to the supervisor.</summary>
internal sealed class Failed(IActorRef child, Exception cause, long uid) : SystemMessage
{
    public IActorRef Child { get; } = child;

    public Exception Cause { get; } = cause;

    /// <summary>Tells a failure of the present child from one of a predecessor of the same name.</summary>
    public long Uid { get; } = uid;
}
