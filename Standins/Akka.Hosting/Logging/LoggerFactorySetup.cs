using Akka.Actor.Setup;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting.Logging;

/// <summary>Tells a <see cref="LoggerFactoryLogger"/> which logging to write to.</summary>
public class LoggerFactorySetup(ILoggerFactory loggerFactory) : Setup
{
    /// <summary>The logging.</summary>
    public ILoggerFactory LoggerFactory { get; } = loggerFactory;
}
