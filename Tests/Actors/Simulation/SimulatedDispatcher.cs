using Akka.Configuration;
using Akka.Dispatch;

namespace WebChat.Tests.Actors.Simulation;

/// <summary>Makes the one dispatcher of a machine. Named in the actor system's configuration.</summary>
public sealed class SimulatedDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly SimulatedDispatcher _dispatcher;

    public SimulatedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _dispatcher = new(this);

    public override MessageDispatcher Dispatcher() => _dispatcher;

    private sealed class SimulatedDispatcher : MessageDispatcher
    {
        private readonly Machine _machine = Simulation.Current.Machine;

        public SimulatedDispatcher(MessageDispatcherConfigurator configurator)
            : base(configurator)
        {
            // After each message, any other mailbox may come next.
            Throughput = 1;
        }

        protected override void ExecuteTask(IRunnable run) => _machine.Execute(run);

        protected override void Shutdown()
        {
        }
    }
}
