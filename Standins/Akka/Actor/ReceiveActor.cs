namespace Akka.Actor;

/// <summary>
/// An actor that says in its constructor, or in the delegate that it becomes, which types of messages it handles and
/// how. The first handler that fits a message gets it.
/// </summary>
public abstract class ReceiveActor : UntypedActor, IInitializableActor
{
    private readonly MessageHandlers _initial = new();
    private MessageHandlers? _configuring;

    /// <summary>Handlers may be declared from here on until the constructor ends.</summary>
    protected ReceiveActor()
    {
        _configuring = _initial;
    }

    internal sealed override Receive InitialBehavior => _initial.Handle;

    void IInitializableActor.Init() => _configuring = null;

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        if (!_initial.Handle(message)) Unhandled(message);
    }

    /// <summary>Replaces the handlers by those that <paramref name="configure"/> declares.</summary>
    protected void Become(Action configure) => Context.Become(Configure(configure));

    /// <summary>Lays the handlers that <paramref name="configure"/> declares over the present ones.</summary>
    protected void BecomeStacked(Action configure) => Context.BecomeStacked(Configure(configure));

    /// <summary>Handles messages of a type, those that <paramref name="shouldHandle"/> chooses.</summary>
    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Handlers.Add(handler, shouldHandle);

    /// <summary>Handles messages of a type that <paramref name="shouldHandle"/> chooses.</summary>
    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Handlers.Add(handler, shouldHandle);

    /// <summary>Handles messages of a type; those for which <paramref name="handler"/> says false go to the next handler.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Handlers.Add(handler);

    /// <summary>Handles messages of a type, those that <paramref name="shouldHandle"/> chooses.</summary>
    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Handlers.Add(messageType, handler, shouldHandle);

    /// <summary>Handles messages of a type that <paramref name="shouldHandle"/> chooses.</summary>
    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Handlers.Add(messageType, handler, shouldHandle);

    /// <summary>Handles messages of a type; those for which <paramref name="handler"/> says false go to the next handler.</summary>
    protected void Receive(Type messageType, Func<object, bool> handler) => Handlers.Add(messageType, handler);

    /// <summary>Handles all messages. No handler can follow.</summary>
    protected void ReceiveAny(Action<object> handler) => Handlers.AddAny(handler);

    /// <summary>Handles messages of a type asynchronously; no other message is handled until the task has ended.</summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Handlers.Add(Awaited(handler), shouldHandle);

    /// <summary>Handles messages of a type asynchronously, those that <paramref name="shouldHandle"/> chooses.</summary>
    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        Handlers.Add(Awaited(handler), shouldHandle);

    /// <summary>Handles messages of a type asynchronously, those that <paramref name="shouldHandle"/> chooses.</summary>
    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Handlers.Add(messageType, Awaited(handler), shouldHandle);

    /// <summary>Handles messages of a type asynchronously, those that <paramref name="shouldHandle"/> chooses.</summary>
    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        Handlers.Add(messageType, Awaited(handler), shouldHandle);

    /// <summary>Handles all messages asynchronously. No handler can follow.</summary>
    protected void ReceiveAnyAsync(Func<object, Task> handler) => Handlers.AddAny(Awaited(handler));

    private MessageHandlers Handlers => _configuring
        ?? throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become().");

    private Action<T> Awaited<T>(Func<T, Task> handler) => message => RunTask(() => handler(message));

    private Receive Configure(Action configure)
    {
        var outer = _configuring;
        var handlers = new MessageHandlers();
        _configuring = handlers;
        try
        {
            configure();
        }
        finally
        {
            _configuring = outer;
        }

        return handlers.Handle;
    }
}
