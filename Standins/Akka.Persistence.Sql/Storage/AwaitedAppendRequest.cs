namespace Akka.Persistence.Sql.Storage;

/// <summary>An append whose outcome is awaited as a task.</summary>
internal sealed class AwaitedAppendRequest(string persistenceId) : AppendRequest(persistenceId)
{
    private readonly TaskCompletionSource<Exception?> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Null once it is on disk, or what went wrong.</summary>
    public Task<Exception?> Outcome => _outcome.Task;

    public override void Completed(Exception? failure) => _outcome.SetResult(failure);
}
