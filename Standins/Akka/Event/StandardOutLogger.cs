namespace Akka.Event;

/// <summary>Writes to the console.</summary>
public class StandardOutLogger : MinimalLogger
{
    /// <inheritdoc/>
    public override string ToString() => "StandardOutLogger";

    internal static void PrintLogEvent(LogEvent logEvent) => Console.Out.WriteLine(logEvent.ToString());

    /// <inheritdoc/>
    protected override void Log(object message)
    {
        if (message is LogEvent logEvent) PrintLogEvent(logEvent);
        else Console.Out.WriteLine(message);
    }
}
