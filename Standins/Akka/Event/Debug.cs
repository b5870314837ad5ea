namespace Akka.Event;

/// <summary>For whoever looks for a fault.</summary>
public class Debug : LogEvent
{
    /// <summary>Something to log.</summary>
    public Debug(string logSource, Type logClass, object? message)
        : this(null, logSource, logClass, message)
    {
    }

    /// <summary>Something to log about what went wrong.</summary>
    public Debug(Exception? cause, string logSource, Type logClass, object? message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}
