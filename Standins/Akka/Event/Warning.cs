namespace Akka.Event;

/// <summary>Not as it should be.</summary>
public class Warning : LogEvent
{
    /// <summary>Something to log.</summary>
    public Warning(string logSource, Type logClass, object? message)
        : this(null, logSource, logClass, message)
    {
    }

    /// <summary>Something to log about what went wrong.</summary>
    public Warning(Exception? cause, string logSource, Type logClass, object? message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}
