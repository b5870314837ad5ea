namespace Akka.Persistence.Sql.Storage;

/// <summary>A request whose outcome is awaited as a task.</summary>
internal abstract class TaskRequest(string persistenceId) : WriteRequest(persistenceId)
{
    private readonly TaskCompletionSource _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Outcome => _outcome.Task;

    public override void Completed(Exception? failure)
    {
        if (failure is null)
        {
            _outcome.SetResult();
        }
        else
        {
            _outcome.SetException(failure);
        }
    }
}
