using Akka.Actor;

namespace Akka.Event;

/// <summary>The first message to a logger, which answers with <see cref="LoggerInitialized"/>.</summary>
public class InitializeLogger(LoggingBus loggingBus) : INoSerializationVerificationNeeded
{
    /// <summary>The bus that the logger hears of things from.</summary>
    public LoggingBus LoggingBus { get; } = loggingBus;
}
