using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>The types that handlers were declared for, in order; one object for all that declare the same.</summary>
internal sealed class HandlerShape
{
    public static readonly HandlerShape Empty = new([]);

    private readonly Type[] _types;
    private readonly ConcurrentDictionary<Type, HandlerShape> _longer = new();
    private readonly ConcurrentDictionary<Type, int[]> _candidates = new();

    private HandlerShape(Type[] types)
    {
        _types = types;
    }

    /// <summary>The shape with one more handler.</summary>
    public HandlerShape Then(Type type) => _longer.GetOrAdd(type, static (added, shape) => new HandlerShape([.. shape._types, added]), this);

    /// <summary>The handlers that a type of message can reach.</summary>
    public int[] CandidatesFor(Type type) => _candidates.GetOrAdd(
        type,
        static (message, shape) => [.. Enumerable.Range(0, shape._types.Length).Where(i => shape._types[i].IsAssignableFrom(message))],
        this);
}
