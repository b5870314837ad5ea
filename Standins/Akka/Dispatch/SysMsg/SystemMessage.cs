namespace Akka.Dispatch.SysMsg;

/// <summary>A system message is its own link in the mailbox's list: each instance is sent once.</summary>
internal abstract class SystemMessage : ISystemMessage
{
    internal SystemMessage? Next;
}
