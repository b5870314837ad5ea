namespace Akka.Dispatch.SysMsg;

/// <summary>Makes the actor's first instance.</summary>
internal sealed class Create : SystemMessage;
