using System.Text;
using Akka;
using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WebChat.Tests.Standins.Hosting;

public class AkkaHostingTests
{
    [Fact]
    public async Task Actors_start_with_the_host_in_order_and_then_the_rest()
    {
        var order = new List<string>();
        using var host = Build((builder, services) => builder
            .AddStartup((_, registry) => order.Add($"startup sees {registry.Count()}"))
            .WithActors((system, registry) =>
            {
                order.Add("first");
                registry.Register<Echo>(system.ActorOf(Props.Create(() => new Echo("direct")), "echo"));
            })
            .WithActors(async (system, registry) =>
            {
                await Task.Yield();
                order.Add($"second sees {registry.TryGet<Echo>(out _)}");
            }));

        await host.StartAsync();

        Assert.Equal(["first", "second sees True", "startup sees 1"], order);
        Assert.Equal("test", host.Services.GetRequiredService<ActorSystem>().Name);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_required_actor_is_given_by_the_container()
    {
        using var host = Build((builder, _) => builder.WithActors((system, registry) =>
            registry.Register<Echo>(system.ActorOf(Props.Create(() => new Echo("direct"))))));
        var early = host.Services.GetRequiredService<IRequiredActor<Echo>>();
        var pending = early.GetAsync();
        Assert.Throws<MissingActorRegistryEntryException>(() => early.ActorRef);

        await host.StartAsync();

        Assert.Equal(await pending, early.ActorRef);
        Assert.Equal("direct hello", await early.ActorRef.Ask<string>("hello", TimeSpan.FromSeconds(3)));
        await host.StopAsync();
    }

    [Fact]
    public async Task Actors_get_services_for_what_their_arguments_leave_open()
    {
        using var host = Build((builder, _) => builder
            .WithActors((system, registry, resolver) => registry.Register<WithService>(system.ActorOf(resolver.Props<WithService>("my"))))
            .WithActors(async (system, registry, resolver) =>
            {
                await Task.Yield();
                registry.Register<Echo>(system.ActorOf(resolver.Props(typeof(WithService), "your")));
            }));
        await host.StartAsync();
        var registry = host.Services.GetRequiredService<IReadOnlyActorRegistry>();

        Assert.Equal("my service", await registry.Get<WithService>().Ask<string>("?", TimeSpan.FromSeconds(3)));
        Assert.Equal("your service", await (await registry.GetAsync(typeof(Echo))).Ask<string>("?", TimeSpan.FromSeconds(3)));
        await host.StopAsync();
    }

    [Fact]
    public async Task The_system_ends_in_phases_when_the_host_stops()
    {
        using var host = Build((_, _) => { });
        await host.StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();
        var phases = new List<string>();
        var shutdown = CoordinatedShutdown.Get(system);
        foreach (var phase in new[] { CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseBeforeServiceUnbind })
        {
            shutdown.AddTask(phase, "note", () =>
            {
                phases.Add(phase);
                return Task.FromResult(Done.Instance);
            });
        }

        await host.StopAsync();

        Assert.Equal([CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseServiceStop], phases);
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task The_host_stops_when_the_system_ends_by_itself()
    {
        using var host = Build((_, _) => { });
        await host.StartAsync();
        var stopping = new TaskCompletionSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);

        await host.Services.GetRequiredService<ActorSystem>().Terminate();

        await stopping.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await host.StopAsync();
    }

    [Fact]
    public async Task The_host_stops_when_the_actors_cannot_be_started()
    {
        var logs = new RecordingLoggerProvider();
        using var host = Build((builder, _) => builder.WithActors((_, _) => throw new InvalidOperationException("no actors today")), logs);

        var failure = await Record.ExceptionAsync(() => host.StartAsync());

        // Stopping or failing outright: what a host must not do is run on.
        Assert.True(failure is InvalidOperationException || host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        Assert.Contains(logs.Entries, entry => entry.Exception is InvalidOperationException { Message: "no actors today" });
        await host.StopAsync();
    }

    [Fact]
    public async Task Configuration_is_added_above_below_or_instead()
    {
        using var host = Build((builder, _) => builder
            .AddHocon("a = 0", HoconAddMode.Prepend)
            .AddHocon("a = 1, b = 1", HoconAddMode.Replace)
            .AddHocon("a = 2, c = 2", HoconAddMode.Prepend)
            .AddHocon("a = 3, d = 3", HoconAddMode.Append)
            .WithActorAskTimeout(TimeSpan.FromSeconds(9)));
        await host.StartAsync();
        var config = host.Services.GetRequiredService<ActorSystem>().Settings.Config;

        Assert.Equal(2, config.GetInt("a"));
        Assert.Equal(1, config.GetInt("b"));
        Assert.Equal(2, config.GetInt("c"));
        Assert.Equal(3, config.GetInt("d"));
        Assert.Equal(TimeSpan.FromSeconds(9), config.GetTimeSpan("akka.actor.ask-timeout"));
        await host.StopAsync();
    }

    [Fact]
    public async Task Configuration_is_read_from_a_file()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "my.setting = from a file");
        try
        {
            using var host = Build((builder, _) => builder.AddHoconFile(file, HoconAddMode.Prepend));
            await host.StartAsync();

            Assert.Equal("from a file", host.Services.GetRequiredService<ActorSystem>().Settings.Config.GetString("my.setting"));
            await host.StopAsync();
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_custom_serializer_serves_its_types()
    {
        using var host = Build((builder, _) => builder.WithCustomSerializer("texts", [typeof(Text)], system => new TextSerializer(system)));
        await host.StartAsync();
        var serialization = host.Services.GetRequiredService<ActorSystem>().Serialization;

        var serializer = serialization.FindSerializerFor(new Text("hello"));

        Assert.IsType<TextSerializer>(serializer);
        Assert.Equal(new Text("hello"), serialization.Deserialize(Encoding.UTF8.GetBytes("hello"), 4711, ""));
        await host.StopAsync();
    }

    [Fact]
    public async Task Extensions_areLoadedCount_with_the_system()
    {
        var before = CountingExtension.Loaded;
        using var host = Build((builder, _) => builder.WithExtension<CountingExtensionId>());

        await host.StartAsync();

        Assert.Equal(before + 1, CountingExtension.Loaded);
        await host.StopAsync();
    }

    [Fact]
    public void What_is_no_extension_is_refused()
    {
        var builder = new AkkaConfigurationBuilder(new ServiceCollection(), "test");

        Assert.ThrowsAny<Exception>(() => builder.WithExtensions(typeof(string)));
    }

    internal static IHost Build(Action<AkkaConfigurationBuilder, IServiceProvider> configure, RecordingLoggerProvider? logs = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(new Service("service"));
        if (logs is not null) builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        builder.Services.AddAkka("test", (akka, services) =>
        {
            akka.ConfigureLoggers(loggers => loggers.ClearLoggers());
            configure(akka, services);
        });
        return builder.Build();
    }

    private sealed record Service(string Name);

    private sealed record Text(string Value);

    private sealed class Echo : ReceiveActor
    {
        public Echo(string prefix) => Receive<string>(text => Sender.Tell($"{prefix} {text}"));
    }

    private sealed class WithService : ReceiveActor
    {
        public WithService(string prefix, Service service) => Receive<string>(_ => Sender.Tell($"{prefix} {service.Name}"));
    }

    private sealed class TextSerializer(ExtendedActorSystem system) : Serializer(system)
    {
        public override int Identifier => 4711;

        public override bool IncludeManifest => false;

        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((Text)obj).Value);

        public override object FromBinary(byte[] bytes, Type type) => new Text(Encoding.UTF8.GetString(bytes));
    }

    private sealed class CountingExtension : IExtension
    {
        private static int LoadedCount;

        public CountingExtension() => Interlocked.Increment(ref LoadedCount);

        public static int Loaded => Volatile.Read(ref LoadedCount);
    }

    private sealed class CountingExtensionId : ExtensionIdProvider<CountingExtension>
    {
        public override CountingExtension CreateExtension(ExtendedActorSystem system) => new();
    }
}
