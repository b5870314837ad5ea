namespace Akka.Event;

/// <summary>Worth knowing.</summary>
public class Info : LogEvent
{
    /// <summary>Something to log.</summary>
    public Info(string logSource, Type logClass, object? message)
        : this(null, logSource, logClass, message)
    {
    }

    /// <summary>Something to log about what went wrong.</summary>
    public Info(Exception? cause, string logSource, Type logClass, object? message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}
