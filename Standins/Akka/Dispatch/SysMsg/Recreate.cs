namespace Akka.Dispatch.SysMsg;

/// <summary>Replaces the actor's instance.</summary>
internal sealed class Recreate(Exception cause) : SystemMessage
{
    public Exception Cause { get; } = cause;
}
