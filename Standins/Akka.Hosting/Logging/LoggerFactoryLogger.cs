using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Microsoft.Extensions.Logging;
using AkkaLogLevel = Akka.Event.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Akka.Hosting.Logging;

/// <summary>
/// Writes what an actor system logs to the host's logging: the category is that of <see cref="ActorSystem"/>, the message keeps its template
/// and arguments, and its source, the actor's path, the thread's number and the time are added as properties.
/// </summary>
public class LoggerFactoryLogger : ActorBase
{
    /// <summary>Logs what happens to this logger itself.</summary>
    protected readonly ILoggingAdapter InternalLogger = Event.Logging.GetLogger(Context.System.EventStream, nameof(LoggerFactoryLogger));

    private readonly ILogger _logger;

    /// <summary>Made by the actor system, which must have been set up with a <see cref="LoggerFactorySetup"/>.</summary>
    public LoggerFactoryLogger()
    {
        var setup = Context.System.Settings.Setup.Get<LoggerFactorySetup>();
        _logger = setup.HasValue
            ? setup.Value.LoggerFactory.CreateLogger<ActorSystem>()
            : throw new ConfigurationException($"{nameof(LoggerFactoryLogger)} needs a {nameof(LoggerFactorySetup)}.");
    }

    /// <summary>Logs, and answers the start of logging.</summary>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized(), Self);
                return true;
            case LogEvent log:
                Log(log, Sender.Path);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes one event.</summary>
    protected virtual void Log(LogEvent log, ActorPath path)
    {
        var level = log.LogLevel() switch
        {
            AkkaLogLevel.DebugLevel => LogLevel.Debug,
            AkkaLogLevel.InfoLevel => LogLevel.Information,
            AkkaLogLevel.WarningLevel => LogLevel.Warning,
            _ => LogLevel.Error,
        };
        if (_logger.IsEnabled(level)) _logger.Log(level, default, new LogEventState(log, path), log.Cause, static (state, _) => state.ToString());
    }
}
