using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Akka.Hosting;

/// <summary>Puts an actor system into a host.</summary>
public static class AkkaHostingExtensions
{
    /// <summary>Adds an actor system that starts and ends with the host, and its registry: <see cref="ActorSystem"/>, <see cref="IActorRegistry"/>, <see cref="IReadOnlyActorRegistry"/> and <see cref="IRequiredActor{TActor}"/> can be asked for.</summary>
    public static IServiceCollection AddAkka(this IServiceCollection services, string actorSystemName, Action<AkkaConfigurationBuilder> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return AddAkka(services, actorSystemName, (configuration, _) => builder(configuration));
    }

    /// <summary>Like the other one, where the configuration takes services from the container.</summary>
    public static IServiceCollection AddAkka(this IServiceCollection services, string actorSystemName, Action<AkkaConfigurationBuilder, IServiceProvider> builder) =>
        AddAkka<AkkaHostedService>(services, actorSystemName, builder);

    /// <summary>Like the other ones, where <typeparamref name="T"/> starts and ends the system.</summary>
    public static IServiceCollection AddAkka<T>(this IServiceCollection services, string actorSystemName, Action<AkkaConfigurationBuilder, IServiceProvider> builder)
        where T : AkkaHostedService
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(builder);
        services.AddSingleton(provider =>
        {
            var configuration = new AkkaConfigurationBuilder(services, actorSystemName);
            builder(configuration, provider);
            return configuration;
        });
        services.AddSingleton(provider => provider.GetRequiredService<AkkaConfigurationBuilder>().Build(provider));
        services.AddSingleton(provider => ActorRegistry.For(provider.GetRequiredService<ActorSystem>()));
        services.AddSingleton<IActorRegistry>(provider => provider.GetRequiredService<ActorRegistry>());
        services.AddSingleton<IReadOnlyActorRegistry>(provider => provider.GetRequiredService<ActorRegistry>());
        services.TryAddSingleton(typeof(IRequiredActor<>), typeof(RequiredActor<>));
        services.AddHostedService<T>();
        return services;
    }

    /// <summary>Adds a configuration.</summary>
    public static AkkaConfigurationBuilder AddHocon(this AkkaConfigurationBuilder builder, Config hocon, HoconAddMode addMode) =>
        builder.AddConfiguration(hocon, addMode);

    /// <summary>Adds the configuration in a file, which includes nothing.</summary>
    public static AkkaConfigurationBuilder AddHoconFile(this AkkaConfigurationBuilder builder, string hoconFilePath, HoconAddMode addMode) =>
        builder.AddConfiguration(ConfigurationFactory.ParseString(File.ReadAllText(hoconFilePath)), addMode);

    /// <summary>Adds a setup; of several of one type the last holds.</summary>
    public static AkkaConfigurationBuilder AddSetup(this AkkaConfigurationBuilder builder, Setup setup) => builder.AddSetup(setup);

    /// <summary>Sets how long an ask waits for its answer where it does not say.</summary>
    public static AkkaConfigurationBuilder WithActorAskTimeout(this AkkaConfigurationBuilder builder, TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan) throw new ArgumentOutOfRangeException(nameof(timeout));
        var value = timeout == Timeout.InfiniteTimeSpan ? "infinite" : FormattableString.Invariant($"{timeout.TotalMilliseconds}ms");
        return builder.AddConfiguration(ConfigurationFactory.ParseString($"akka.actor.ask-timeout = {value}"), HoconAddMode.Prepend);
    }

    /// <summary>Has actors started when the host starts, in the order of these calls.</summary>
    public static AkkaConfigurationBuilder WithActors(this AkkaConfigurationBuilder builder, Action<ActorSystem, IActorRegistry> actorStarter) =>
        builder.StartActors(actorStarter);

    /// <summary>Has actors started when the host starts, in the order of these calls.</summary>
    public static AkkaConfigurationBuilder WithActors(this AkkaConfigurationBuilder builder, ActorStarter actorStarter) =>
        builder.StartActors(actorStarter);

    /// <summary>Has actors started when the host starts, in the order of these calls.</summary>
    public static AkkaConfigurationBuilder WithActors(this AkkaConfigurationBuilder builder, Action<ActorSystem, IActorRegistry, IDependencyResolver> actorStarter) =>
        builder.StartActors(actorStarter);

    /// <summary>Has actors started when the host starts, in the order of these calls.</summary>
    public static AkkaConfigurationBuilder WithActors(this AkkaConfigurationBuilder builder, ActorStarterWithResolver actorStarter) =>
        builder.StartActors(actorStarter);
}
