using System.Linq.Expressions;

namespace Akka.Actor;

/// <summary>How an actor is made: immutable, and used again for each restart.</summary>
public class Props
{
    /// <summary>An actor that handles nothing.</summary>
    public static readonly Props None = Create<EmptyActor>();

    private readonly IIndirectActorProducer _producer;

    /// <summary>An actor of a type whose constructor needs nothing.</summary>
    public Props(Type type)
        : this(type, [])
    {
    }

    /// <summary>An actor of a type and its constructor's arguments.</summary>
    public Props(Type type, object?[] args)
        : this(new ConstructorProducer(type, args), type, args, Deploy.None, null)
    {
    }

    private Props(IIndirectActorProducer producer, Type type, object?[] args, Deploy deploy, SupervisorStrategy? strategy)
    {
        _producer = producer;
        Type = type;
        Arguments = args;
        Deploy = deploy;
        SupervisorStrategy = strategy;
    }

    /// <summary>An actor that handles nothing.</summary>
    public static Props Empty => None;

    /// <summary>The type of the actor.</summary>
    public Type Type { get; }

    /// <summary>The full name of <see cref="Type"/>.</summary>
    public string TypeName => Type.AssemblyQualifiedName!;

    /// <summary>The arguments of the constructor, or of the producer.</summary>
    public object?[] Arguments { get; }

    /// <summary>Where and how the actor runs.</summary>
    public Deploy Deploy { get; protected set; }

    /// <summary>The strategy that the actor uses instead of its own; null for its own.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; protected set; }

    /// <summary>The path of the dispatcher's configuration; null for the default one.</summary>
    public string? Dispatcher => Deploy.Dispatcher.Length == 0 ? null : Deploy.Dispatcher;

    /// <summary>The path of the mailbox's configuration; null for the default one.</summary>
    public string? Mailbox => Deploy.Mailbox.Length == 0 ? null : Deploy.Mailbox;

    /// <summary>An actor made by a constructor: <c>() =&gt; new MyActor(a, b)</c>. The arguments are evaluated now, once.</summary>
    /// <exception cref="ArgumentException">The expression is more than a call of a constructor.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is not NewExpression { Constructor: { } constructor } call)
            throw new ArgumentException("The create function must be a 'new T (args)' expression");
        object?[] args = [.. call.Arguments.Select(Evaluate)];
        return new Props(new ConstructorProducer(constructor, args), call.Type, args, Deploy.None, supervisorStrategy);
    }

    /// <summary>An actor of a type and its constructor's arguments.</summary>
    public static Props Create<TActor>(params object?[] args)
        where TActor : ActorBase => new(typeof(TActor), args);

    /// <summary>An actor of a type whose constructor needs nothing, with a strategy.</summary>
    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => new Props(typeof(TActor)).WithSupervisorStrategy(supervisorStrategy);

    /// <summary>An actor of a type and its constructor's arguments.</summary>
    public static Props Create(Type type, params object?[] args) => new(type ?? throw new ArgumentNullException(nameof(type), "Props must be instantiated with an actor type."), args);

    /// <summary>An actor made by a producer of a type, which is made of <paramref name="args"/>.</summary>
    public static Props CreateBy<TProducer>(params object?[] args)
        where TProducer : class, IIndirectActorProducer => CreateBy((IIndirectActorProducer)Activator.CreateInstance(typeof(TProducer), args)!, args);

    /// <summary>An actor made by a producer.</summary>
    public static Props CreateBy(IIndirectActorProducer producer, params object?[] args)
    {
        ArgumentNullException.ThrowIfNull(producer);
        return new Props(producer, producer.ActorType, args, Deploy.None, null);
    }

    /// <summary>The same with a dispatcher.</summary>
    public Props WithDispatcher(string dispatcher) => With(p => p.Deploy = p.Deploy.WithDispatcher(dispatcher));

    /// <summary>The same with a mailbox.</summary>
    public Props WithMailbox(string mailbox) => With(p => p.Deploy = p.Deploy.WithMailbox(mailbox));

    /// <summary>The same with a stash of a capacity.</summary>
    public Props WithStashCapacity(int stashCapacity) => With(p => p.Deploy = p.Deploy.WithStashCapacity(stashCapacity));

    /// <summary>The same with a deployment, over what there was.</summary>
    public Props WithDeploy(Deploy deploy) => With(p => p.Deploy = deploy.WithFallback(p.Deploy));

    /// <summary>The same with a strategy for the actor's children, instead of the actor's own.</summary>
    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => With(p => p.SupervisorStrategy = supervisorStrategy);

    /// <summary>Makes an instance. Called by the actor's cell.</summary>
    public virtual ActorBase NewActor() => _producer.Produce();

    internal void Release(ActorBase actor) => _producer.Release(actor);

    private static object? Evaluate(Expression argument) => argument switch
    {
        ConstantExpression constant => constant.Value,
        // A captured variable, which is what nearly every argument is: reading it needs no compiler.
        MemberExpression { Member: System.Reflection.FieldInfo field, Expression: ConstantExpression { Value: { } closure } } => field.GetValue(closure),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(argument, typeof(object))).Compile(preferInterpretation: true)(),
    };

    private Props With(Action<Props> change)
    {
        var copy = new Props(_producer, Type, Arguments, Deploy, SupervisorStrategy);
        change(copy);
        return copy;
    }
}
