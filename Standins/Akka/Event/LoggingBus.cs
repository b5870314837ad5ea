using Akka.Actor;
using Akka.Util;

namespace Akka.Event;

/// <summary>
/// Publishes things to the actors that subscribed to their type, a base of it or an interface. Publishing takes no
/// lock: who hears of a type is worked out once for as long as the subscriptions stay as they are.
/// </summary>
public class LoggingBus
{
    private readonly Lock _gate = new();
    private readonly List<IActorRef> _loggers = [];
    private volatile Subscriptions _subscriptions = Subscriptions.None;
    private MinimalLogger? _stdout;

    /// <summary>A bus without subscribers.</summary>
    public LoggingBus()
    {
    }

    /// <summary>From which level on the loggers hear of things.</summary>
    public LogLevel LogLevel { get; private set; }

    /// <summary>Subscribes to a type; false where the actor has.</summary>
    public virtual bool Subscribe(IActorRef subscriber, Type classifier)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(classifier);
        if (subscriber is LocalActorRef local) local.Cell.HasSubscriptions = true;
        lock (_gate)
        {
            if (_subscriptions.Has(subscriber, classifier)) return false;
            _subscriptions = _subscriptions.With(subscriber, classifier);
        }

        // One that stopped meanwhile did not see that it had anything to take back.
        if (subscriber is IInternalActorRef { IsTerminated: true }) Unsubscribe(subscriber);
        return true;
    }

    /// <summary>Takes a subscription back; false where there was none.</summary>
    public virtual bool Unsubscribe(IActorRef subscriber, Type classifier)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_gate)
        {
            if (!_subscriptions.Has(subscriber, classifier)) return false;
            _subscriptions = _subscriptions.Without((s, c) => s.Equals(subscriber) && c == classifier);
            return true;
        }
    }

    /// <summary>Takes all subscriptions of an actor back; false where there were none.</summary>
    public virtual bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_gate)
        {
            var before = _subscriptions;
            _subscriptions = before.Without((s, _) => s.Equals(subscriber));
            return _subscriptions.Count != before.Count;
        }
    }

    /// <summary>Tells all subscribers, in the name of the actor that is at work, if one is.</summary>
    public virtual void Publish(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        foreach (var subscriber in _subscriptions.For(@event.GetType())) subscriber.Tell(@event, ActorCell.GetCurrentSelfOrNoSender());
    }

    /// <summary>Sets from which level on the loggers hear of things.</summary>
    public virtual void SetLogLevel(LogLevel logLevel)
    {
        LogLevel = logLevel;
        IActorRef[] loggers;
        lock (_gate) loggers = [.. _loggers];
        foreach (var logger in loggers) SubscribeTo(logger, logLevel);
    }

    /// <summary>Has the console hear of things until the loggers run.</summary>
    public virtual void StartStdoutLogger(Settings config)
    {
        _stdout = new StandardOutLogger();
        LogLevel = Logging.LogLevelOrOff(config.LogLevel);
        SubscribeTo(_stdout, Logging.LogLevelOrOff(config.StdoutLogLevel));
    }

    internal void StartLoggers(ActorSystemImpl system)
    {
        var keepStdout = false;
        var number = 0;
        foreach (var name in system.Settings.Loggers)
        {
            var type = TypeNames.Find(name) ?? throw new Configuration.ConfigurationException($"Logger [{name}] specified in config cannot be found");
            if (typeof(MinimalLogger).IsAssignableFrom(type))
            {
                SubscribeTo(_stdout!, LogLevel);
                keepStdout = true;
                continue;
            }

            StartLogger(system, type, $"log{++number}-{Logging.SimpleName(type)}");
        }

        if (!keepStdout) Unsubscribe(_stdout!);
        SetLogLevel(LogLevel);
    }

    internal void StopLoggers(ActorSystemImpl system)
    {
        SubscribeTo(_stdout!, Logging.LogLevelOrOff(system.Settings.StdoutLogLevel));
        IActorRef[] loggers;
        lock (_gate)
        {
            loggers = [.. _loggers];
            _loggers.Clear();
        }

        foreach (var logger in loggers) Unsubscribe(logger);
    }

    internal void StopStdoutLogger() => Unsubscribe(_stdout!);

    private void StartLogger(ActorSystemImpl system, Type type, string name)
    {
        var logger = system.SystemActorOf(Props.Create(type).WithDispatcher(system.Settings.LoggersDispatcher), name);
        try
        {
            var answer = logger.Ask(new InitializeLogger(this), system.Settings.LoggerStartTimeout).GetAwaiter().GetResult();
            if (answer is not LoggerInitialized) throw new LoggerInitializationException($"Logger {name} did not respond with LoggerInitialized, sent instead {answer}");
        }
        catch (AskTimeoutException)
        {
            // A slow logger is no reason not to start: it hears of what comes from here on.
            Publish(new Warning(null, nameof(LoggingBus), GetType(), $"Logger {name} has not answered within {system.Settings.LoggerStartTimeout}"));
        }

        lock (_gate) _loggers.Add(logger);
    }

    private void SubscribeTo(IActorRef logger, LogLevel from)
    {
        foreach (var level in Enum.GetValues<LogLevel>())
        {
            if (level >= from) Subscribe(logger, Logging.ClassFor(level));
            else Unsubscribe(logger, Logging.ClassFor(level));
        }
    }
}
