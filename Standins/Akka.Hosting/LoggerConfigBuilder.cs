using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Hosting;

/// <summary>Collects where the actor system logs to.</summary>
public sealed class LoggerConfigBuilder
{
    private readonly List<Type> _loggers = [];

    internal LoggerConfigBuilder(AkkaConfigurationBuilder builder)
    {
        Builder = builder;
        AddLogger<DefaultLogger>();
    }

    /// <summary>What is logged at least. A logger may leave out more.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.InfoLevel;

    /// <summary>Whether the whole configuration is logged at start.</summary>
    public bool LogConfigOnStart { get; set; }

    internal AkkaConfigurationBuilder Builder { get; }

    /// <summary>Logs to nothing of what was added before, the standard output among it.</summary>
    public LoggerConfigBuilder ClearLoggers()
    {
        _loggers.Clear();
        return this;
    }

    /// <summary>Logs to that actor too.</summary>
    public LoggerConfigBuilder AddLogger<T>() where T : ActorBase
    {
        if (!_loggers.Contains(typeof(T))) _loggers.Add(typeof(T));
        return this;
    }

    internal Config ToConfig()
    {
        var level = LogLevel switch
        {
            LogLevel.DebugLevel => "DEBUG",
            LogLevel.InfoLevel => "INFO",
            LogLevel.WarningLevel => "WARNING",
            _ => "ERROR",
        };
        var loggers = string.Join(", ", _loggers.Select(type => $"\"{AkkaConfigurationBuilder.TypeName(type)}\""));
        return ConfigurationFactory.ParseString($"""
            akka.loglevel = {level}
            akka.log-config-on-start = {(LogConfigOnStart ? "on" : "off")}
            akka.loggers = [{loggers}]
            """);
    }
}
