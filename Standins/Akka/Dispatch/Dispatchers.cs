using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Dispatch;

/// <summary>A system's dispatchers by the path of their configuration.</summary>
public sealed class Dispatchers
{
    /// <summary>The path of the dispatcher of actors that name none.</summary>
    public static readonly string DefaultDispatcherId = "akka.actor.default-dispatcher";

    private readonly ConcurrentDictionary<string, MessageDispatcherConfigurator> _configurators = new();
    private readonly ActorSystem _system;

    internal Dispatchers(ActorSystem system, IDispatcherPrerequisites prerequisites)
    {
        _system = system;
        Prerequisites = prerequisites;
        DefaultGlobalDispatcher = Lookup(DefaultDispatcherId);
    }

    /// <summary>What the system has for its dispatchers.</summary>
    public IDispatcherPrerequisites Prerequisites { get; }

    /// <summary>The dispatcher of actors that name none.</summary>
    public MessageDispatcher DefaultGlobalDispatcher { get; }

    /// <summary>The dispatcher of a path.</summary>
    /// <exception cref="ConfigurationException">There is none configured, or it names an unknown type.</exception>
    public MessageDispatcher Lookup(string dispatcherName) => _configurators.GetOrAdd(dispatcherName, Configure).Dispatcher();

    /// <summary>Whether a path has a dispatcher.</summary>
    public bool HasDispatcher(string id) => _configurators.ContainsKey(id) || _system.Settings.Config.HasPath(id);

    /// <summary>Gives a path a dispatcher that the configuration does not have; false where the path has one.</summary>
    public bool RegisterConfigurator(string id, MessageDispatcherConfigurator configurator) => _configurators.TryAdd(id, configurator);

    internal void ShutDown()
    {
        foreach (var configurator in _configurators.Values) configurator.Dispatcher().ShutDown();
    }

    private MessageDispatcherConfigurator Configure(string id)
    {
        var section = _system.Settings.Config.GetConfig(id) ?? throw new ConfigurationException($"Dispatcher [{id}] not configured");
        var config = ConfigurationFactory.ParseString($"id = \"{id}\"").WithFallback(section).WithFallback(_system.Settings.Config.GetConfig(DefaultDispatcherId));
        var type = config.GetString("type");
        switch (type)
        {
            case "Dispatcher" or "TaskDispatcher":
                return new ThreadPoolDispatcherConfigurator(config, Prerequisites);
            case null:
                throw new ConfigurationException($"Could not resolve dispatcher for path [{id}]. type is null");
            default:
                var found = TypeNames.Find(type) ?? throw new ConfigurationException($"Could not resolve dispatcher type [{type}] for path [{id}]");
                return (MessageDispatcherConfigurator)Activator.CreateInstance(found, config, Prerequisites)!;
        }
    }
}
