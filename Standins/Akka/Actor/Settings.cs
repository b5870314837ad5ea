using Akka.Actor.Setup;
using Akka.Configuration;

namespace Akka.Actor;

/// <summary>A system's configuration, read.</summary>
public class Settings
{
    private readonly Config _own;
    private Config _fallback;

    /// <summary>Reads a configuration.</summary>
    public Settings(ActorSystem system, Config config)
        : this(system, config, ActorSystemSetup.Empty)
    {
    }

    /// <summary>Reads a configuration; what it does not say is as in <see cref="ConfigurationFactory.Default"/>.</summary>
    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        System = system;
        Setup = setup;
        _own = config;
        _fallback = ConfigurationFactory.Default();
        Config = _own.WithFallback(_fallback);

        LogLevel = Config.GetString("akka.loglevel") ?? "INFO";
        StdoutLogLevel = Config.GetString("akka.stdout-loglevel") ?? "WARNING";
        Loggers = Config.GetStringList("akka.loggers");
        LoggersDispatcher = Config.GetString("akka.loggers-dispatcher") ?? Dispatch.Dispatchers.DefaultDispatcherId;
        LoggerStartTimeout = Config.GetTimeSpan("akka.logger-startup-timeout");
        (LogDeadLetters, var logNone) = Config.GetString("akka.log-dead-letters") switch
        {
            "on" or "true" => (int.MaxValue, false),
            "off" or "false" => (0, true),
            _ => (Config.GetInt("akka.log-dead-letters"), false),
        };
        LogDeadLettersDuringShutdown = !logNone && Config.GetBoolean("akka.log-dead-letters-during-shutdown");
        AskTimeout = Config.GetTimeSpan("akka.actor.ask-timeout");
        DebugUnhandledMessage = Config.GetBoolean("akka.actor.debug.unhandled");
        SupervisorStrategyClass = Config.GetString("akka.actor.guardian-supervisor-strategy") ?? typeof(DefaultSupervisorStrategy).FullName!;
        SchedulerClass = Config.GetString("akka.scheduler.implementation") ?? typeof(HashedWheelTimerScheduler).FullName!;
        CoordinatedShutdownTerminateActorSystem = Config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system");
        CoordinatedShutdownRunByActorSystemTerminate = Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate");
        if (CoordinatedShutdownRunByActorSystemTerminate && !CoordinatedShutdownTerminateActorSystem)
        {
            throw new ConfigurationException(
                "akka.coordinated-shutdown.run-by-actor-system-terminate=on and akka.coordinated-shutdown.terminate-actor-system=off is not a supported configuration combination.");
        }
    }

    /// <summary>The system that the settings are of.</summary>
    public ActorSystem System { get; }

    /// <summary>The configuration, with all that stands behind it.</summary>
    public Config Config { get; private set; }

    /// <summary>What the system was set up with in code.</summary>
    public ActorSystemSetup Setup { get; }

    /// <summary>From which level on loggers hear of things: <c>DEBUG</c>, <c>INFO</c>, <c>WARNING</c>, <c>ERROR</c> or <c>OFF</c>.</summary>
    public string LogLevel { get; private set; }

    /// <summary>From which level on the console hears of things while the loggers do not run.</summary>
    public string StdoutLogLevel { get; private set; }

    /// <summary>The types of the loggers.</summary>
    public IList<string> Loggers { get; private set; }

    /// <summary>The path of the loggers' dispatcher.</summary>
    public string LoggersDispatcher { get; private set; }

    /// <summary>How long a logger may take to start.</summary>
    public TimeSpan LoggerStartTimeout { get; private set; }

    /// <summary>How many dead letters are logged.</summary>
    public int LogDeadLetters { get; private set; }

    /// <summary>Whether dead letters are logged while the system stops.</summary>
    public bool LogDeadLettersDuringShutdown { get; private set; }

    /// <summary>How long an <c>Ask</c> waits that says nothing itself.</summary>
    public TimeSpan AskTimeout { get; private set; }

    /// <summary>Whether unhandled messages are logged.</summary>
    public bool DebugUnhandledMessage { get; private set; }

    /// <summary>The type that gives the user guardian its strategy.</summary>
    public string SupervisorStrategyClass { get; private set; }

    /// <summary>The type of the scheduler.</summary>
    public string SchedulerClass { get; private set; }

    /// <summary>Whether the coordinated shutdown terminates the system.</summary>
    public bool CoordinatedShutdownTerminateActorSystem { get; private set; }

    /// <summary>Whether terminating the system runs the coordinated shutdown.</summary>
    public bool CoordinatedShutdownRunByActorSystemTerminate { get; private set; }

    /// <summary>Lays a configuration behind all that is there, as an extension does with its defaults.</summary>
    public void InjectTopLevelFallback(Config config)
    {
        _fallback = _fallback.WithFallback(config);
        Config = _own.WithFallback(_fallback);
    }

    /// <inheritdoc/>
    public override string ToString() => Config.ToString();
}
