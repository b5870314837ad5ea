using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Akka.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors;

/// <summary>
/// The actor system in production's wiring, on a SQLite journal in a directory of its own, with virtual time. A second host on the
/// same directory recovers what the first one wrote.
/// </summary>
public sealed class ActorHost : IDisposable
{
    // The database takes real time: turning the clock must not time out a recovery in progress.
    private const string VirtualTime = """
        akka.scheduler.implementation = "WebChat.Tests.Actors.VirtualScheduler, Tests"
        akka.persistence.journal.sql.recovery-event-timeout = 20 d
        """;

    // Every message between actors is encoded and decoded, as between nodes.
    private const string AsBetweenNodes = """
        akka.actor {
          serialize-messages = on
          serializers.packages = "WebChat.Tests.Actors.Cluster.PackageMessages, Tests"
          serialization-bindings { "System.Object" = packages }
        }

        """;

    // Longer than any answer takes on the busiest machine: only a failing test waits for it. Snapshots come so often that many tests
    // recover from one.
    private const string Patience = "akka.test { single-expect-default = 30 s, default-timeout = 30 s }\nwebchat.events-per-snapshot = 100\n";

    private readonly IHost _host;
    private readonly string _directory;
    private readonly (string Key, string? Value)[] _settings;
    private bool _keepDirectory;

    private ActorHost(string directory, bool virtualTime, (string Key, string? Value)[] settings, string hocon = "")
    {
        _directory = directory;
        _settings = settings;
        var builder = new HostBuilder();
        builder.ConfigureServices(services =>
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["WebChat:DataDirectory"] = directory,
                ["WebChat:Auth:BcryptWorkFactor"] = "4",
            }).AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => s.Value)).Build();
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
            if (virtualTime)
                services.AddSingleton<TimeProvider>(Time);
            services.AddWebChatActors(configuration, (akka, _) =>
            {
                akka.AddHocon(ConfigurationFactory.ParseString(AsBetweenNodes + Patience + hocon), HoconAddMode.Prepend);
                if (virtualTime)
                    akka.AddHocon(ConfigurationFactory.ParseString(VirtualTime), HoconAddMode.Prepend);
            });
        });
        _host = builder.Build();
        _host.Start();
    }

    /// <summary>The actor system.</summary>
    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>The virtual clock of timers and events.</summary>
    public TestScheduler Clock => (TestScheduler)System.Scheduler;

    /// <summary>The virtual clock of rate limits.</summary>
    public FakeTimeProvider Time { get; } = new();

    /// <summary>Starts with an empty journal.</summary>
    public static ActorHost Start(bool virtualTime = true, params (string Key, string? Value)[] settings) =>
        new(Directory.CreateTempSubdirectory("webchat-actors-").FullName, virtualTime, settings);

    /// <summary>Starts with an empty journal and other settings of the actor system.</summary>
    public static ActorHost StartWith(string hocon) => new(Directory.CreateTempSubdirectory("webchat-actors-").FullName, virtualTime: true, [], hocon);

    /// <summary>Starts with the journal of a directory, which is not deleted at the end.</summary>
    public static ActorHost StartIn(string directory, bool virtualTime = true) => new(directory, virtualTime, []) { _keepDirectory = true };

    /// <summary>A region.</summary>
    public IActorRef Region<TRegion>() => _host.Services.GetRequiredService<IRequiredActor<TRegion>>().ActorRef;

    /// <summary>Replaces a region by another actor, such as a probe.</summary>
    public void Replace<TRegion>(IActorRef stead) => _host.Services.GetRequiredService<ActorRegistry>().Register<TRegion>(stead, overwrite: true);

    /// <summary>Stops, and keeps the journal.</summary>
    public void Stop()
    {
        _keepDirectory = true;
        Dispose();
    }

    /// <summary>Stops, and starts again with the same journal and settings, and further settings.</summary>
    public ActorHost Restart(bool virtualTime = true, params (string Key, string? Value)[] settings)
    {
        Stop();
        return new(_directory, virtualTime, [.. _settings.Where(setting => !settings.Any(other => other.Key == setting.Key)), .. settings]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _host.StopAsync().GetAwaiter().GetResult();
        _host.Dispose();
        if (!_keepDirectory)
            Directory.Delete(_directory, recursive: true);
    }
}
