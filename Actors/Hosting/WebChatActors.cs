using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WebChat.Actors.Accounts;
using WebChat.Actors.Accounts.Erasure;
using WebChat.Actors.Accounts.Guests;
using WebChat.Actors.Cluster;
using WebChat.Actors.Connections;
using WebChat.Actors.Matching;
using WebChat.Actors.Moderation;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Push;
using WebChat.Actors.Rooms;
using WebChat.Actors.Telemetry;
using WebChat.Actors.Users;
using WebChat.Actors.Users.Pictures;

namespace WebChat.Actors.Hosting;

/// <summary>Builds the actor system, the same in production and in tests.</summary>
public static class WebChatActors
{
    /// <summary>The name of the actor system, which is part of the nodes' addresses.</summary>
    public const string SystemName = "webchat";

    /// <summary>The name of the rooms' region.</summary>
    public const string Rooms = "rooms";

    /// <summary>The tag of health checks for failures that only a restart of the process fixes.</summary>
    public const string LivenessTag = "live";

    /// <summary>
    /// Adds the actor system with its regions, on the database of the options. The options are read
    /// from <c>WebChat:…</c> and checked at start.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="configure">A test's additions to the actor system, such as a scheduler with virtual time.</param>
    public static IServiceCollection AddWebChatActors(
        this IServiceCollection services, IConfiguration configuration, Action<AkkaConfigurationBuilder, IServiceProvider>? configure = null)
    {
        services.AddWebChatOptions<StorageOptions>(configuration, "WebChat");
        services.AddSingleton<IValidateOptions<StorageOptions>>(provider => new UnknownKeyCheck(configuration, provider.GetServices<OptionsSection>()));
        services.AddWebChatOptions<AuthOptions>(configuration, "WebChat:Auth");
        services.AddWebChatOptions<ClusterOptions>(configuration, "WebChat:Cluster");
        services.AddSingleton<IValidateOptions<ClusterOptions>, ClusterCheck>();
        services.AddWebChatOptions<LimitOptions>(configuration, "WebChat:Limits");
        services.AddWebChatOptions<SessionOptions>(configuration, "WebChat:Sessions");
        services.AddWebChatOptions<RoomOptions>(configuration, "WebChat:Rooms");
        services.AddWebChatOptions<VoiceOptions>(configuration, "WebChat:Voice");
        services.AddWebChatOptions<MatchingOptions>(configuration, "WebChat:Matching");
        services.AddWebChatOptions<ModerationOptions>(configuration, "WebChat:Moderation");
        services.AddWebChatOptions<RetentionOptions>(configuration, "WebChat:Retention");
        services.AddWebChatOptions<PushOptions>(configuration, "WebChat:Push");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Bans>();
        services.AddSingleton<JournalDatabase>();
        services.AddHostedService(provider => provider.GetRequiredService<JournalDatabase>());
        services.AddSingleton<SqliteLog>();
        services.AddHostedService<SqliteLogUpkeep>();
        services.AddSingleton<PushKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<PushKeys>());
        services.AddSingleton<PushSender>();
        services.AddSingleton<PersonKeyTable>();
        services.AddSingleton<PersonKeys>();
        services.AddSingleton<PersonalDataCipher>();
        services.AddSingleton<PictureStore>();
        services.AddSingleton<AwakeEntities>();
        services.AddSingleton<FailingEntities>();
        services.AddSingleton<ChatMetrics>();
        services.AddSingleton<EntityServices>();
        services.AddSingleton<Nodes>();
        services.AddSingleton<BanHistory>();
        services.AddSingleton<OpenTransports>();
        services.AddSingleton<RoomHistory>();
        services.AddSingleton<AdminQueries>();
        services.AddSingleton<JournalRows>();
        services.AddSingleton<JournalCheck>();
        return services.AddAkka(SystemName, (akka, provider) =>
        {
            var database = provider.GetRequiredService<JournalDatabase>();
            var cluster = provider.GetRequiredService<IOptions<ClusterOptions>>().Value;
            akka.ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
                // Of a single node Akka has only warnings to report, and its last line would come when the loggers have stopped.
                loggers.LogLevel = cluster.IsOn ? LogLevel.InfoLevel : LogLevel.WarningLevel;
            });
            akka.AddHocon(HoconResource.WebChat(), HoconAddMode.Append);
            if (cluster.IsOn)
                akka.WithNode(cluster);
            akka.WithCustomSerializer("journal", Manifests.Types, system => new JournalSerializer(system, provider.GetRequiredService<PersonalDataCipher>()));
            akka.WithCustomSerializer("cluster", ClusterMessages.Types, system => new ClusterSerializer(system));
            akka.WithJournal(database, provider.GetRequiredService<ChatMetrics>());
            akka.WithActorSystemLivenessCheck(tags: [LivenessTag]);
            configure?.Invoke(akka, provider);
            akka.WithActors((system, registry, resolver) =>
            {
                system.ActorOf<UndeliveredActor>(UndeliveredActor.Name);
                system.ActorOf(resolver.Props<DeadLetterCounter>(), "dead-letters");
                registry.Register<NodeActor>(system.ActorOf(resolver.Props<NodeActor>(), NodeActor.Name));
            });
            new EntitySetup(akka, cluster.IsOn)
                .WithEntities<AccountRegion>("accounts", (resolver, id) => resolver.Props<AccountActor>(id))
                .WithEntities<UserRegion>("users", (resolver, id) => resolver.Props<UserActor>(new UserId(id)))
                .WithEntities<RoomRegion>(Rooms, (resolver, id) => resolver.Props<RoomActor>(new RoomId(id)))
                .WithSingleEntity<DirectoryRegion>("room-directory", DirectoryRequest.DirectoryId, resolver => resolver.Props<RoomDirectoryActor>())
                .WithSingleEntity<MatcherRegion>("matcher", MatcherRequest.MatcherId, resolver => resolver.Props<MatcherActor>(), revives: true)
                .WithSingleEntity<ReportsRegion>("reports", ReportsRequest.RegisterId, resolver => resolver.Props<ReportsActor>(), revives: true)
                .WithSingleEntity<ErasureRegion>("erasures", ErasuresActor.Id, resolver => resolver.Props<ErasuresActor>(), revives: true)
                .WithSingleEntity<GuestsRegion>("guests", GuestsActor.Id, resolver => resolver.Props<GuestsActor>(), revives: true);
            akka.WithActors((system, registry, resolver) =>
                registry.Register<ConnectionsActor>(system.ActorOf(resolver.Props<ConnectionsActor>().WithMailbox(ObservedMailbox.ConfigPath), "connections")));
            akka.AddStartup((_, registry) =>
            {
                registry.Get<ErasureRegion>().Tell(new ErasureCommands.GoOn());
                registry.Get<GuestsRegion>().Tell(new GuestCommands.GoOn());
            });
        });
    }

    /// <summary>Adds options that are read from a section of the configuration and checked at start.</summary>
    public static void AddWebChatOptions<TOptions>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
    {
        services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>>(new OptionsCheck<TOptions>(section));
        services.AddSingleton(new OptionsSection(section, typeof(TOptions)));
    }
}
