using Akka.Actor;

namespace Akka.Event;

/// <summary>Something that is logged.</summary>
public abstract class LogEvent : INoSerializationVerificationNeeded
{
    /// <summary>Keeps when and where it is logged.</summary>
    protected LogEvent()
    {
        Timestamp = DateTime.UtcNow;
        Thread = Thread.CurrentThread;
    }

    /// <summary>What went wrong, if anything did.</summary>
    public Exception? Cause { get; protected set; }

    /// <summary>When it was logged, in UTC.</summary>
    public DateTime Timestamp { get; private set; }

    /// <summary>The thread that logged it.</summary>
    public Thread Thread { get; private set; }

    /// <summary>Who logged it: an actor's path, or a name.</summary>
    public string LogSource { get; protected set; } = "";

    /// <summary>The type of who logged it.</summary>
    public Type LogClass { get; protected set; } = typeof(object);

    /// <summary>What is logged: a text, or a <see cref="LogMessage"/> that makes one.</summary>
    public object? Message { get; protected set; }

    /// <summary>How much it matters.</summary>
    public abstract LogLevel LogLevel();

    /// <inheritdoc/>
    public override string ToString()
    {
        var line = $"[{Logging.StringFor(LogLevel())}][{Timestamp:yyyy-MM-ddTHH:mm:ss.fffZ}][Thread {Thread.ManagedThreadId:0000}][{LogSource}] {Message}";
        return Cause is null ? line : $"{line}{Environment.NewLine}Cause: {Cause}";
    }
}
