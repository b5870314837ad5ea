using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Watches an actor for code that is none.</summary>
internal sealed class TerminationRef(LocalActorRefProvider provider) : MinimalActorRef
{
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Terminated => _terminated.Task;

    public override ActorPath Path { get; } = provider.TempPath();

    public override IActorRefProvider Provider => provider;

    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is DeathWatchNotification) _terminated.TrySetResult();
    }
}
