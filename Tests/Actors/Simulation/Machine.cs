using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WebChat.Actors.Hosting;
using WebChat.Actors.Persistence;

namespace WebChat.Tests.Actors.Simulation;

/// <summary>
/// One life of the server's process: the actor system in production's wiring, on the simulation's thread, time and disk. A crash
/// ends it without a word: nothing of it runs any more.
/// </summary>
internal sealed class Machine
{
    private const string Type = "WebChat.Tests.Actors.Simulation";

    // No logger: its start would wait for an actor. The circuit breakers measure real time, so the disk times out instead. Snapshots
    // come so often that most entities recover from one.
    private static readonly Config Hocon = ConfigurationFactory.ParseString($$"""
        akka.loggers = []
        akka.loglevel = WARNING
        akka.stdout-loglevel = OFF
        akka.scheduler.implementation = "{{Type}}.SimulatedScheduler, Tests"
        akka.actor.default-dispatcher.type = "{{Type}}.SimulatedDispatcherConfigurator, Tests"
        akka.actor.internal-dispatcher.type = "{{Type}}.SimulatedDispatcherConfigurator, Tests"
        akka.persistence.dispatchers {
          default-plugin-dispatcher.type = "{{Type}}.SimulatedDispatcherConfigurator, Tests"
          default-replay-dispatcher.type = "{{Type}}.SimulatedDispatcherConfigurator, Tests"
          default-stream-dispatcher.type = "{{Type}}.SimulatedDispatcherConfigurator, Tests"
        }
        akka.persistence.journal.sql { class = "{{Type}}.SimulatedJournal, Tests", circuit-breaker.call-timeout = 1 h }
        akka.persistence.snapshot-store.sql { class = "{{Type}}.SimulatedSnapshotStore, Tests", circuit-breaker.call-timeout = 1 h }
        webchat.events-per-snapshot = 7
        """);

    private static readonly TimeSpan SlowestStep = TimeSpan.FromSeconds(10);

    private readonly IHost _host;

    // By the order in which each ran for the first time, so that a choice among them is the same in every run.
    private readonly SortedList<int, IRunnable> _ready = [];
    private readonly Dictionary<IRunnable, int> _numbers = [];
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Number)> _timers = new();
    private long _lastTimer;

    private Machine(Simulation simulation)
    {
        Simulation = simulation;
        var builder = new HostBuilder();
        builder.ConfigureServices(services =>
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(simulation.Settings).Build();
            services.AddLogging(logging => logging.ClearProviders());
            services.AddSingleton<TimeProvider>(new SimulatedTime(simulation));
            services.AddWebChatActors(configuration, (akka, _) => akka
                .AddHocon(Hocon, HoconAddMode.Prepend)
                .AddStartup((system, _) => ((ExtendedActorSystem)system).ActorPipelineResolver.Register(Entities)));
        });
        _host = builder.Build();
    }

    /// <summary>The simulation that the machine belongs to.</summary>
    public Simulation Simulation { get; }

    /// <summary>Whether the machine has crashed.</summary>
    public bool IsDown { get; private set; }

    /// <summary>The entities in memory.</summary>
    public LiveEntities Entities { get; } = new();

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public IServiceProvider Services => _host.Services;

    /// <summary>Starts the process.</summary>
    public static async Task<Machine> Start(Simulation simulation)
    {
        var machine = new Machine(simulation);
        simulation.Machine = machine;
        await machine._host.StartAsync();
        return machine;
    }

    public IActorRef Region<TRegion>() => _host.Services.GetRequiredService<IRequiredActor<TRegion>>().ActorRef;

    /// <summary>Does something after a time.</summary>
    public void After(TimeSpan delay, Action action)
    {
        if (!IsDown)
            _timers.Enqueue(action, (Simulation.Now + delay, ++_lastTimer));
    }

    /// <summary>Has a mailbox run at some moment from now on.</summary>
    public void Execute(IRunnable run)
    {
        if (IsDown)
            return;
        Simulation.CheckThread();
        if (!_numbers.TryGetValue(run, out var number))
            _numbers[run] = number = _numbers.Count;
        _ready[number] = run;
    }

    /// <summary>Runs one mailbox, or what is due next. False when nothing will ever happen again.</summary>
    public bool Step(Random random)
    {
        // Rarely time passes although there is something to do: the process is slow. It is not as slow as an idle entity is patient.
        var isSlow = _timers.TryPeek(out _, out var next) && random.Next(64) == 0 && next.At < Simulation.Now + SlowestStep;
        if (_ready.Count > 0 && !isSlow)
        {
            var index = random.Next(_ready.Count);
            var run = _ready.GetValueAtIndex(index);
            _ready.RemoveAt(index);
            run.Run();
            return true;
        }

        if (!_timers.TryDequeue(out var action, out var due))
            return false;
        Simulation.TurnClock(due.At);
        action();
        return true;
    }

    /// <summary>Ends the process at once.</summary>
    public void Crash()
    {
        IsDown = true;
        _ready.Clear();
        _timers.Clear();
        // What the operating system does when a process ends: it closes the files.
        _host.Services.GetRequiredService<JournalDatabase>().Dispose();
    }
}
