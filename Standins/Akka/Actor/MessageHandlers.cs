namespace Akka.Actor;

/// <summary>
/// The handlers that one behaviour declares, in order. Which of them a type of message can reach is worked out once
/// for all instances that declare the same types in the same order.
/// </summary>
internal sealed class MessageHandlers
{
    private readonly List<MessageHandler> _handlers = [];
    private HandlerShape _shape = HandlerShape.Empty;
    private bool _complete;
    private Type? _lastType;
    private int[] _lastCandidates = [];

    public void Add<T>(Action<T> handler, Predicate<T>? shouldHandle)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(typeof(T), new ActionHandler<T>(handler, shouldHandle), catchesAll: shouldHandle is null && typeof(T) == typeof(object));
    }

    public void Add<T>(Func<T, bool> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(typeof(T), new FuncHandler<T>(handler), catchesAll: false);
    }

    public void Add(Type messageType, Action<object> handler, Predicate<object>? shouldHandle)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(messageType, new ActionHandler<object>(handler, shouldHandle), catchesAll: shouldHandle is null && messageType == typeof(object));
    }

    public void Add(Type messageType, Func<object, bool> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(messageType, new FuncHandler<object>(handler), catchesAll: false);
    }

    public void AddAny(Action<object> handler) => Add(handler, null);

    public bool Handle(object message)
    {
        var type = message.GetType();
        if (!ReferenceEquals(type, _lastType))
        {
            _lastCandidates = _shape.CandidatesFor(type);
            _lastType = type;
        }

        foreach (var candidate in _lastCandidates)
            if (_handlers[candidate].Handle(message)) return true;
        return false;
    }

    private void Add(Type type, MessageHandler handler, bool catchesAll)
    {
        if (_complete) throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        _handlers.Add(handler);
        _shape = _shape.Then(type);
        _lastType = null;
        _complete = catchesAll;
    }
}
