using Akka.Actor;

namespace Akka.Persistence;

/// <summary>
/// A persistent actor that names its handlers, mostly in its constructor: the first whose type and predicate fit a message handles it.
/// </summary>
public abstract class ReceivePersistentActor : Eventsourced
{
    private readonly MessageHandlers _recover = new();
    private readonly MessageHandlers _command = new();
    private MessageHandlers _configuring;

    protected ReceivePersistentActor() => _configuring = _command;

    protected static new IUntypedActorContext Context => (IUntypedActorContext)ActorBase.Context;

    /// <inheritdoc />
    protected sealed override bool Receive(object message) => ReceiveCommand(message);

    /// <inheritdoc />
    protected sealed override bool ReceiveCommand(object message) => _command.Handle(message);

    /// <inheritdoc />
    protected sealed override bool ReceiveRecover(object message) => _recover.Handle(message);

    /// <summary>Replaces the command handlers by those that <paramref name="configure"/> names.</summary>
    protected void Become(Action configure) => Become(HandlersOf(configure).Handle);

    /// <summary>Replaces the command handlers by those that <paramref name="configure"/> names, until <c>UnbecomeStacked</c>.</summary>
    protected void BecomeStacked(Action configure) => BecomeStacked(HandlersOf(configure).Handle);

    protected void Recover<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => _recover.Add(handler, shouldHandle);

    protected void Recover<T>(Predicate<T> shouldHandle, Action<T> handler) => _recover.Add(handler, shouldHandle);

    /// <param name="handler">Returns false to let a later handler see the message.</param>
    protected void Recover<T>(Func<T, bool> handler) => _recover.Add(handler);

    protected void RecoverAny(Action<object> handler) => _recover.AddAny(handler);

    protected void Command<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => _configuring.Add(handler, shouldHandle);

    protected void Command<T>(Predicate<T> shouldHandle, Action<T> handler) => _configuring.Add(handler, shouldHandle);

    /// <param name="handler">Returns false to let a later handler see the message.</param>
    protected void Command<T>(Func<T, bool> handler) => _configuring.Add(handler);

    protected void CommandAny(Action<object> handler) => _configuring.AddAny(handler);

    /// <summary>Handles a command asynchronously; nothing else is received until the task ends.</summary>
    protected void CommandAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        _configuring.Add(message => RunTask(() => handler(message)), shouldHandle);

    /// <inheritdoc cref="CommandAsync{T}(Func{T, Task}, Predicate{T}?)" />
    protected void CommandAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => CommandAsync(handler, shouldHandle);

    /// <inheritdoc cref="CommandAsync{T}(Func{T, Task}, Predicate{T}?)" />
    protected void CommandAnyAsync(Func<object, Task> handler) => CommandAsync(handler);

    private MessageHandlers HandlersOf(Action configure)
    {
        var outer = _configuring;
        var handlers = _configuring = new MessageHandlers();
        try
        {
            configure();
        }
        finally
        {
            _configuring = outer;
        }

        return handlers;
    }
}
