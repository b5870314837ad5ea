using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Makes a dispatcher from its configuration, which names the configurator as its <c>type</c>.</summary>
public abstract class MessageDispatcherConfigurator
{
    /// <summary>Keeps what the dispatcher is made from.</summary>
    protected MessageDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    {
        Config = config;
        Prerequisites = prerequisites;
    }

    /// <summary>The dispatcher's section of the configuration.</summary>
    public Config Config { get; }

    /// <summary>What the system has for its dispatchers.</summary>
    public IDispatcherPrerequisites Prerequisites { get; }

    /// <summary>The dispatcher.</summary>
    public abstract MessageDispatcher Dispatcher();
}
