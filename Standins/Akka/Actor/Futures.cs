namespace Akka.Actor;

/// <summary>Sending a message and waiting for the answer.</summary>
public static class Futures
{
    /// <summary>Sends a message; the task is the answer.</summary>
    /// <inheritdoc cref="Ask{T}(ICanTell, Func{IActorRef, object}, TimeSpan?, CancellationToken)"/>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    /// <summary>Sends a message; the task is the answer.</summary>
    /// <inheritdoc cref="Ask{T}(ICanTell, Func{IActorRef, object}, TimeSpan?, CancellationToken)"/>
    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    /// <summary>Sends a message; the task is the answer.</summary>
    /// <inheritdoc cref="Ask{T}(ICanTell, Func{IActorRef, object}, TimeSpan?, CancellationToken)"/>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    /// <summary>Sends a message; the task is the answer.</summary>
    /// <inheritdoc cref="Ask{T}(ICanTell, Func{IActorRef, object}, TimeSpan?, CancellationToken)"/>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    /// <summary>Sends a message; the task is the answer.</summary>
    /// <inheritdoc cref="Ask{T}(ICanTell, Func{IActorRef, object}, TimeSpan?, CancellationToken)"/>
    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    /// <summary>Sends a message; the task is the answer.</summary>
    /// <inheritdoc cref="Ask{T}(ICanTell, Func{IActorRef, object}, TimeSpan?, CancellationToken)"/>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<T>(_ => message, timeout, cancellationToken);

    /// <summary>Sends the message that a delegate makes of the reference that awaits the answer.</summary>
    /// <remarks>
    /// The task fails with the cause of a <see cref="Status.Failure"/>, with <see cref="AskTimeoutException"/> when no
    /// answer came in time (null: <c>akka.actor.ask-timeout</c>), with <see cref="ArgumentException"/> when the answer is
    /// of another type, and is cancelled with the token. What comes later goes to the dead letters.
    /// </remarks>
    public static Task<T> Ask<T>(this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var provider = ProviderOf(self) ?? throw new ArgumentException("Unable to resolve the target Provider", nameof(self));
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asker = new FutureActorRef<T>(result, provider);
        var limit = timeout ?? provider.AskTimeout;
        if (limit == Timeout.InfiniteTimeSpan && !cancellationToken.CanBeCanceled)
        {
            self.Tell(messageFactory(asker), asker);
            return result.Task;
        }

        return AskWithin(self, messageFactory, limit, result, asker, cancellationToken);
    }

    internal static LocalActorRefProvider? ProviderOf(ICanTell target) => target switch
    {
        LocalActorRef local => local.Cell.SystemImpl.Provider,
        IInternalActorRef and not Nobody => ((IInternalActorRef)target).Provider as LocalActorRefProvider,
        ActorSelection selection => ProviderOf(selection.Anchor),
        _ => ActorCell.Current?.SystemImpl.Provider,
    };

    private static async Task<T> AskWithin<T>(ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan limit, TaskCompletionSource<T> result, FutureActorRef<T> asker, CancellationToken cancellationToken)
    {
        using var cancelled = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource<T>)state!).TrySetCanceled(token),
            result);
        await using var timer = limit == Timeout.InfiniteTimeSpan ? null : new Timer(
            _ => result.TrySetException(new AskTimeoutException($"Timeout after {limit} seconds")),
            null,
            limit,
            Timeout.InfiniteTimeSpan);
        try
        {
            if (!result.Task.IsCompleted) self.Tell(messageFactory(asker), asker);
            return await result.Task.ConfigureAwait(false);
        }
        finally
        {
            asker.Forget();
        }
    }
}
