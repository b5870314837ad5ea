using Akka.Dispatch;

namespace Akka.TestKit;

/// <summary>Runs an actor on the thread that sends to it: a message has been handled when <c>Tell</c> returns, unless the actor is at work on another thread.</summary>
public class CallingThreadDispatcher : MessageDispatcher
{
    /// <summary>The path of its configuration, for <c>Props.WithDispatcher</c>.</summary>
    public static new readonly string Id = "akka.test.calling-thread-dispatcher";

    /// <summary>Made by its configurator.</summary>
    public CallingThreadDispatcher(MessageDispatcherConfigurator configurator) : base(configurator)
    {
    }

    /// <summary>Runs it here and now.</summary>
    protected override void ExecuteTask(IRunnable run) => run.Run();

    /// <summary>There is nothing to free.</summary>
    protected override void Shutdown()
    {
    }
}
