using System.Collections.Concurrent;
using System.Reflection;

namespace Akka.Actor;

/// <summary>Makes actors with a constructor. What is found out about a type or a constructor is found out once.</summary>
internal sealed class ConstructorProducer(Type type, ConstructorInfo? constructor, object?[] args) : IIndirectActorProducer
{
    private static readonly ConcurrentDictionary<ConstructorInfo, ConstructorInvoker> Invokers = new();
    private static readonly ConcurrentDictionary<Type, (ConstructorInfo Constructor, ParameterInfo[] Parameters)[]> Constructors = new();

    private ConstructorInvoker? _invoker = constructor is null ? null : InvokerOf(constructor);
    private object?[] _args = args;

    public ConstructorProducer(Type type, object?[] args)
        : this(type, null, args)
    {
    }

    public ConstructorProducer(ConstructorInfo constructor, object?[] args)
        : this(constructor.DeclaringType!, constructor, args)
    {
    }

    public Type ActorType => type;

    public ActorBase Produce()
    {
        _invoker ??= Find();
        return (ActorBase)_invoker.Invoke(_args.AsSpan());
    }

    public void Release(ActorBase actor)
    {
    }

    private static ConstructorInvoker InvokerOf(ConstructorInfo constructor) => Invokers.GetOrAdd(constructor, ConstructorInvoker.Create);

    private ConstructorInvoker Find()
    {
        if (!typeof(ActorBase).IsAssignableFrom(type)) throw new ActorInitializationException($"{type} is not an actor.");
        var constructors = Constructors.GetOrAdd(type, static t => [.. t.GetConstructors().Select(c => (c, c.GetParameters()))]);
        var found = constructors
            .Where(c => Fits(c.Parameters))
            .OrderBy(c => c.Parameters.Length)
            .ThenByDescending(c => c.Parameters.Zip(_args).Count(p => p.Second?.GetType() == p.First.ParameterType))
            .FirstOrDefault();
        if (found.Constructor is null)
            throw new MissingMethodException($"Constructor on type '{type}' not found for the arguments ({string.Join(", ", _args.Select(a => a?.GetType().Name ?? "null"))}).");
        _args = [.. _args, .. found.Parameters.Skip(_args.Length).Select(p => p.DefaultValue)];
        return InvokerOf(found.Constructor);
    }

    private bool Fits(ParameterInfo[] parameters) =>
        parameters.Length >= _args.Length
        && parameters.Skip(_args.Length).All(p => p.HasDefaultValue)
        && parameters.Zip(_args).All(p => p.Second is null
            ? !p.First.ParameterType.IsValueType || Nullable.GetUnderlyingType(p.First.ParameterType) is not null
            : p.First.ParameterType.IsInstanceOfType(p.Second));
}
