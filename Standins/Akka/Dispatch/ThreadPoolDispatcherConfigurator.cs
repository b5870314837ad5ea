using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Makes the dispatcher of type <c>Dispatcher</c>: one for all that name it.</summary>
internal sealed class ThreadPoolDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly ThreadPoolDispatcher _dispatcher;

    public ThreadPoolDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites)
    {
        _dispatcher = new ThreadPoolDispatcher(this);
    }

    public override MessageDispatcher Dispatcher() => _dispatcher;
}
