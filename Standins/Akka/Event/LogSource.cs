using Akka.Actor;

namespace Akka.Event;

/// <summary>In whose name something is logged.</summary>
public readonly struct LogSource
{
    private LogSource(string source, Type type)
    {
        Source = source;
        Type = type;
    }

    /// <summary>The name: an actor's path, or what was given.</summary>
    public string Source { get; }

    /// <summary>The type of what it is the name of.</summary>
    public Type Type { get; }

    /// <summary>The source that an object is.</summary>
    public static LogSource Create(object o) => o switch
    {
        IActorContext context => new LogSource(context.Self.Path.ToString(), context.Props.Type),
        IActorRef actor => new LogSource(actor.Path.ToString(), typeof(ActorBase)),
        string name => new LogSource(name, typeof(DummyClassForStringSources)),
        Type type => new LogSource(Logging.SimpleName(type), type),
        _ => new LogSource(Logging.SimpleName(o), o.GetType()),
    };

    /// <summary>The source that an object is, in a system.</summary>
    public static LogSource Create(object o, ActorSystem system)
    {
        var source = Create(o);
        return o is IActorContext or IActorRef ? source : new LogSource($"{source.Source} ({system})", source.Type);
    }
}
