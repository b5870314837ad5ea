using System.Reflection;

namespace Akka.Actor;

/// <summary>Makes actors with a constructor, which is found once.</summary>
internal sealed class ConstructorProducer(Type type, ConstructorInfo? constructor, object?[] args) : IIndirectActorProducer
{
    private ConstructorInvoker? _invoker = constructor is null ? null : ConstructorInvoker.Create(constructor);
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

    private ConstructorInvoker Find()
    {
        if (!typeof(ActorBase).IsAssignableFrom(type)) throw new ActorInitializationException($"{type} is not an actor.");
        var candidates = type.GetConstructors()
            .Where(c => Fits(c.GetParameters()))
            .OrderByDescending(c => c.GetParameters().Zip(_args).Count(p => p.Second?.GetType() == p.First.ParameterType))
            .ToArray();
        if (candidates.Length == 0)
            throw new MissingMethodException($"Constructor on type '{type}' not found for the arguments ({string.Join(", ", _args.Select(a => a?.GetType().Name ?? "null"))}).");
        var parameters = candidates[0].GetParameters();
        _args = [.. _args, .. parameters.Skip(_args.Length).Select(p => p.DefaultValue)];
        return ConstructorInvoker.Create(candidates[0]);
    }

    private bool Fits(ParameterInfo[] parameters) =>
        parameters.Length >= _args.Length
        && parameters.Skip(_args.Length).All(p => p.HasDefaultValue)
        && parameters.Zip(_args).All(p => p.Second is null
            ? !p.First.ParameterType.IsValueType || Nullable.GetUnderlyingType(p.First.ParameterType) is not null
            : p.First.ParameterType.IsInstanceOfType(p.Second));
}
