namespace Akka.Dispatch.SysMsg;

/// <summary>Lets a suspended actor go on; after its own failure, with the cause.</summary>
internal sealed class Resume(Exception? causedByFailure) : SystemMessage
{
    public Exception? CausedByFailure { get; } = causedByFailure;
}
