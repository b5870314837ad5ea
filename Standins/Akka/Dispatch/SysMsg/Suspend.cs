namespace Akka.Dispatch.SysMsg;

/// <summary>Makes the actor leave its messages alone.</summary>
internal sealed class Suspend : SystemMessage;
