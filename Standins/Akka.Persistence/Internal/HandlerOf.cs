namespace Akka.Persistence.Internal;

/// <summary>Calls handlers of events of one type, without a closure for each event.</summary>
internal static class HandlerOf<T>
{
    public static readonly Action<Delegate, object> Invoke = static (handler, @event) => ((Action<T>)handler)((T)@event);
}
