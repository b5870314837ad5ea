using Akka.Event;

namespace Akka.Actor;

/// <summary>Stands in for an asker: the first message that it is told ends the asker's task.</summary>
internal sealed class FutureActorRef<T>(TaskCompletionSource<T> result, LocalActorRefProvider provider) : MinimalActorRef
{
    private ActorPath? _path;

    // The path is made, and the reference to be found at it, only when somebody asks for it.
    public override ActorPath Path
    {
        get
        {
            if (_path is not null) return _path;
            if (Interlocked.CompareExchange(ref _path, provider.TempPath(), null) is null) provider.TempContainer.Add(this);
            return _path;
        }
    }

    public override IActorRefProvider Provider => provider;

    public override IInternalActorRef Parent => provider.TempContainer;

    public override bool IsTerminated => result.Task.IsCompleted;

    /// <summary>Nobody waits any more.</summary>
    public void Forget()
    {
        if (_path is not null) provider.TempContainer.Remove(_path.Name);
    }

    public override void SendSystemMessage(Dispatch.SysMsg.ISystemMessage message)
    {
        if (message is Dispatch.SysMsg.Watch watch)
            watch.Watcher.SendSystemMessage(new Dispatch.SysMsg.DeathWatchNotification(watch.Watchee, existenceConfirmed: true));
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        var taken = message switch
        {
            Status.Failure failure when !typeof(Status).IsAssignableFrom(typeof(T)) =>
                result.TrySetException(failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message.")),
            Failure { Exception: { } cause } when typeof(T) != typeof(Failure) => result.TrySetException(cause),
            T answer => result.TrySetResult(answer),
            _ => result.TrySetException(new ArgumentException($"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")),
        };
        Forget();
        if (!taken) provider.DeadLetters.Tell(new DeadLetter(message, sender ?? provider.DeadLetters, this), sender);
    }
}
