namespace Akka.Event;

/// <summary>Where one logs. <see cref="LoggingExtensions"/> has the usual ways.</summary>
public interface ILoggingAdapter
{
    /// <summary>Makes texts of templates.</summary>
    ILogMessageFormatter Formatter { get; }

    /// <summary>Whether <see cref="LogLevel.DebugLevel"/> is heard.</summary>
    bool IsDebugEnabled { get; }

    /// <summary>Whether <see cref="LogLevel.InfoLevel"/> is heard.</summary>
    bool IsInfoEnabled { get; }

    /// <summary>Whether <see cref="LogLevel.WarningLevel"/> is heard.</summary>
    bool IsWarningEnabled { get; }

    /// <summary>Whether <see cref="LogLevel.ErrorLevel"/> is heard.</summary>
    bool IsErrorEnabled { get; }

    /// <summary>Whether a level is heard.</summary>
    bool IsEnabled(LogLevel logLevel);

    /// <summary>Logs a text.</summary>
    void Log(LogLevel logLevel, Exception? cause, string format);

    /// <summary>Logs a filled-in template.</summary>
    void Log(LogLevel logLevel, Exception? cause, LogMessage message);
}
