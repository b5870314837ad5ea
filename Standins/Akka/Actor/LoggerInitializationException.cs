namespace Akka.Actor;

/// <summary>A logger that the configuration names could not be started.</summary>
public class LoggerInitializationException : AkkaException
{
    /// <summary>An exception with a message.</summary>
    public LoggerInitializationException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and its cause.</summary>
    public LoggerInitializationException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
