using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// Runs the pieces of an actor's asynchronous handlers in the actor's own turn, one at a time. Until such a handler
/// has ended the actor handles no other message.
/// </summary>
public class ActorTaskScheduler : TaskScheduler
{
    private readonly ActorCell _cell;
    private object? _message;
    private IActorRef? _sender;

    internal ActorTaskScheduler(ActorCell cell)
    {
        _cell = cell;
    }

    /// <summary>The message whose handler is running.</summary>
    public object? CurrentMessage => _message;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs a delegate in the turn of the actor that calls this; an exception is the actor's failure.</summary>
    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <summary>
    /// Begins an asynchronous handler in the turn of the actor that calls this. The actor takes no other message until
    /// the task has ended; its failure is the actor's.
    /// </summary>
    /// <exception cref="InvalidOperationException">No actor is calling.</exception>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = ActorCell.Current ?? throw new InvalidOperationException("RunTask must be called from an actor context.");
        cell.TaskScheduler.Begin(asyncAction);
    }

    internal void ExecuteInTurn(Task task)
    {
        _cell.ResumeMessage(_message!, _sender);
        TryExecuteTask(task);
    }

    /// <inheritdoc/>
    // Never at once, even in the actor's turn: a handler that yields again and again would nest deeper and deeper, and
    // a message of the system, such as to stop, would have to wait for its end.
    protected override void QueueTask(Task task) => _cell.SendSystemMessage(new ActorTask(this, task));

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(ActorCell.Current, _cell) && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task>? GetScheduledTasks() => null;

    private void Begin(Func<Task> asyncAction)
    {
        var (outerMessage, outerSender) = (_message, _sender);
        (_message, _sender) = _cell.CurrentEnvelope;
        var start = new Task<Task>(asyncAction);
        start.RunSynchronously(this);
        var handler = start.IsFaulted || start.IsCanceled ? start : start.Result;
        if (handler.IsCompleted)
        {
            // Nothing was awaited: a failure is thrown where any other handler's would be.
            (_message, _sender) = (outerMessage, outerSender);
            Rethrow(handler);
            return;
        }

        var (message, sender) = (_message, _sender);
        _cell.Mailbox.BeginAwait();
        handler.ContinueWith(ended => End(ended, message!, sender), CancellationToken.None, TaskContinuationOptions.None, this);
    }

    private void End(Task handler, object message, IActorRef? sender)
    {
        _cell.Mailbox.EndAwait();
        _cell.ResumeMessage(message, sender);
        try
        {
            Rethrow(handler);
            _cell.MessageDone();
        }
        catch (Exception e)
        {
            _cell.HandleInvokeFailure(e);
        }
    }

    private static void Rethrow(Task handler)
    {
        if (handler.IsCanceled) throw new TaskCanceledException(handler);
        if (handler.Exception is not { } failure) return;
        ExceptionDispatchInfo.Throw(failure.InnerExceptions.Count == 1 ? failure.InnerException! : failure);
    }
}
