using Akka.Event;

namespace Akka.Dispatch;

/// <summary>Runs the turns of actors.</summary>
public abstract class MessageDispatcher
{
    /// <summary>Makes a dispatcher with its configurator's id and throughput.</summary>
    protected MessageDispatcher(MessageDispatcherConfigurator configurator)
    {
        Configurator = configurator;
        Id = configurator.Config.GetString("id") ?? "";
        Throughput = configurator.Config.GetInt("throughput", 30);
    }

    /// <summary>What made the dispatcher.</summary>
    public MessageDispatcherConfigurator Configurator { get; }

    /// <summary>The path of the dispatcher's configuration.</summary>
    public string Id { get; protected set; }

    /// <summary>How many messages an actor gets in one turn before others have theirs.</summary>
    public int Throughput { get; set; }

    /// <summary>The system's event stream.</summary>
    public EventStream EventStream => Configurator.Prerequisites.EventStream;

    /// <summary>Runs a delegate as an actor's turn would be run.</summary>
    public void Schedule(Action run) => ExecuteTask(new ActionRunnable(run));

    /// <summary>Runs something as an actor's turn would be run.</summary>
    public void Schedule(IRunnable run) => ExecuteTask(run);

    internal void Execute(Mailbox mailbox) => ExecuteTask(mailbox);

    internal void ShutDown() => Shutdown();

    /// <summary>Has something run; may return before it has.</summary>
    protected abstract void ExecuteTask(IRunnable run);

    /// <summary>Frees what the dispatcher holds; its system has terminated.</summary>
    protected abstract void Shutdown();
}
