using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Hosting.Logging;
using Akka.Serialization;
using Akka.Util;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>Collects what an actor system is made of: its configuration, its setups, and what is to be started in it.</summary>
public sealed class AkkaConfigurationBuilder
{
    /// <summary>What the system is created with, besides its configuration.</summary>
    public readonly HashSet<Setup> Setups = [];

    private readonly string _actorSystemName;
    private readonly IServiceCollection _services;
    private readonly List<ActorStarterWithResolver> _starters = [];
    private readonly List<StartupTask> _startupTasks = [];
    private readonly List<(string Identifier, ImmutableHashSet<Type> BoundTypes, Func<ExtendedActorSystem, Serializer> Factory)> _serializers = [];
    private readonly List<Type> _extensions = [];

    /// <summary>Makes a builder for a system of that name.</summary>
    public AkkaConfigurationBuilder(IServiceCollection serviceCollection, string actorSystemName)
    {
        ArgumentNullException.ThrowIfNull(serviceCollection);
        ArgumentNullException.ThrowIfNull(actorSystemName);
        _services = serviceCollection;
        _actorSystemName = actorSystemName;
    }

    /// <summary>The configuration so far, if there is any.</summary>
    public Option<Config> Configuration { get; private set; } = Option<Config>.None;

    /// <summary>Has actors started when the host starts, in the order of these calls.</summary>
    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry> starter)
    {
        ArgumentNullException.ThrowIfNull(starter);
        return StartActors((system, registry, _) => starter(system, registry));
    }

    /// <summary>Has actors started when the host starts, in the order of these calls.</summary>
    public AkkaConfigurationBuilder StartActors(ActorStarter starter)
    {
        ArgumentNullException.ThrowIfNull(starter);
        return StartActors((system, registry, _) => starter(system, registry));
    }

    /// <summary>Has actors started when the host starts, in the order of these calls.</summary>
    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry, IDependencyResolver> starter)
    {
        ArgumentNullException.ThrowIfNull(starter);
        return StartActors((system, registry, resolver) =>
        {
            starter(system, registry, resolver);
            return Task.CompletedTask;
        });
    }

    /// <summary>Has actors started when the host starts, in the order of these calls.</summary>
    public AkkaConfigurationBuilder StartActors(ActorStarterWithResolver starter)
    {
        ArgumentNullException.ThrowIfNull(starter);
        _starters.Add(starter);
        return this;
    }

    /// <summary>Has something done once all actors have been started.</summary>
    public AkkaConfigurationBuilder AddStartup(Action<ActorSystem, IActorRegistry> startupTask)
    {
        ArgumentNullException.ThrowIfNull(startupTask);
        return AddStartup((system, registry) =>
        {
            startupTask(system, registry);
            return Task.CompletedTask;
        });
    }

    /// <summary>Has something done once all actors have been started.</summary>
    public AkkaConfigurationBuilder AddStartup(StartupTask startupTask)
    {
        ArgumentNullException.ThrowIfNull(startupTask);
        _startupTasks.Add(startupTask);
        return this;
    }

    /// <summary>Has messages of <paramref name="boundTypes"/>, and of what derives from them, written and read by a serializer of this name.</summary>
    public AkkaConfigurationBuilder WithCustomSerializer(string serializerIdentifier, IEnumerable<Type> boundTypes, Func<ExtendedActorSystem, Serializer> serializerFactory)
    {
        ArgumentNullException.ThrowIfNull(serializerIdentifier);
        ArgumentNullException.ThrowIfNull(boundTypes);
        ArgumentNullException.ThrowIfNull(serializerFactory);
        _serializers.Add((serializerIdentifier, [.. boundTypes], serializerFactory));
        return this;
    }

    /// <summary>Has an extension loaded when the system starts.</summary>
    public AkkaConfigurationBuilder WithExtension<T>() where T : IExtensionId => WithExtensions(typeof(T));

    /// <summary>Has extensions loaded when the system starts; each is named by its <see cref="IExtensionId"/>.</summary>
    public AkkaConfigurationBuilder WithExtensions(params Type[] extensions)
    {
        foreach (var extension in extensions)
        {
            if (!typeof(IExtensionId).IsAssignableFrom(extension))
                throw new ConfigurationException($"{extension} is not the id of an extension: it does not implement {nameof(IExtensionId)}.");
            if (!_extensions.Contains(extension)) _extensions.Add(extension);
        }
        return this;
    }

    internal IServiceCollection Services => _services;

    internal AkkaConfigurationBuilder AddConfiguration(Config added, HoconAddMode mode)
    {
        ArgumentNullException.ThrowIfNull(added);
        Configuration = new Option<Config>(mode switch
        {
            HoconAddMode.Replace => added,
            _ when !Configuration.HasValue => added,
            HoconAddMode.Append => Configuration.Value.WithFallback(added),
            _ => added.WithFallback(Configuration.Value),
        });
        return this;
    }

    // A setup holds for its type: a later one replaces an earlier one.
    internal AkkaConfigurationBuilder AddSetup(Setup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        Setups.RemoveWhere(other => other.GetType() == setup.GetType());
        Setups.Add(setup);
        return this;
    }

    internal ActorSystem Build(IServiceProvider services)
    {
        if (_extensions.Count > 0)
        {
            var loaded = Configuration.HasValue ? Configuration.Value.GetStringList("akka.extensions") : [];
            var names = loaded.Concat(_extensions.Select(TypeName)).Distinct().Select(name => $"\"{name}\"");
            AddConfiguration(ConfigurationFactory.ParseString($"akka.extensions = [{string.Join(", ", names)}]"), HoconAddMode.Prepend);
        }
        if (_serializers.Count > 0)
            AddSetup(SerializationSetup.Create(system => [.. _serializers.Select(s => SerializerDetails.Create(s.Identifier, s.Factory(system), s.BoundTypes))]));
        if (!Setups.OfType<DependencyResolverSetup>().Any()) AddSetup(DependencyResolverSetup.Create(services));
        if (!Setups.OfType<LoggerFactorySetup>().Any() && services.GetService<ILoggerFactory>() is { } loggers) AddSetup(new LoggerFactorySetup(loggers));

        var bootstrap = Setups.OfType<BootstrapSetup>().SingleOrDefault() ?? BootstrapSetup.Create();
        if (Configuration.HasValue) bootstrap = bootstrap.WithConfig(Configuration.Value);
        AddSetup(bootstrap);
        return ActorSystem.Create(_actorSystemName, ActorSystemSetup.Create([.. Setups]));
    }

    internal async Task StartAsync(ActorSystem system)
    {
        var registry = ActorRegistry.For(system);
        var resolver = DependencyResolver.For(system).Resolver;
        foreach (var starter in _starters) await starter(system, registry, resolver).ConfigureAwait(false);
        foreach (var task in _startupTasks) await task(system, registry).ConfigureAwait(false);
    }

    internal static string TypeName(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
