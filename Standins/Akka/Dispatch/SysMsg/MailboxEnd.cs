namespace Akka.Dispatch.SysMsg;

/// <summary>Stands in a closed mailbox so that senders see that nobody reads any more.</summary>
internal sealed class MailboxEnd : SystemMessage
{
    public static readonly MailboxEnd Instance = new();
}
