namespace Akka.Event;

/// <summary>Something is wrong.</summary>
public class Error : LogEvent
{
    /// <summary>Something to log about what went wrong.</summary>
    public Error(Exception? cause, string logSource, Type logClass, object? message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}
