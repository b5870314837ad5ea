namespace Akka.Dispatch.SysMsg;

/// <summary>Stops the actor.</summary>
internal sealed class Terminate : SystemMessage;
