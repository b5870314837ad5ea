using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>One waiting message: all that sending allocates.</summary>
internal sealed class MailboxNode(object message, IActorRef? sender)
{
    public readonly object Message = message;
    public readonly IActorRef? Sender = sender;
    public MailboxNode? Next;
}
