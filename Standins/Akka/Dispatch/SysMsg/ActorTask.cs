namespace Akka.Dispatch.SysMsg;

/// <summary>A piece of an asynchronous handler that is ready to go on in the actor's turn.</summary>
internal sealed class ActorTask(ActorTaskScheduler scheduler, Task task) : SystemMessage
{
    public void Execute() => scheduler.ExecuteInTurn(task);
}
