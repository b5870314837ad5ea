using Akka.Actor;
using Akka.Event;

namespace WebChat.Tests.Actors.Simulation;

/// <summary>What the actors log: an exception that the disk has not caused is a fault, and so is a message without a handler. Warnings tell of a retry.</summary>
internal sealed class LogWatch : ReceiveActor
{
    public LogWatch(Simulation simulation)
    {
        Receive<LogEvent>(logged =>
        {
            simulation.Trace($"log    {logged.Message} {logged.Cause?.GetType().Name} {logged.Cause?.Message}");
            if (logged is Error && logged.Cause is { } unexpected && !IsExpected(unexpected))
                simulation.Fail(unexpected.ToString());
        });
        Receive<UnhandledMessage>(unhandled => simulation.Fail($"{unhandled.Recipient.Path} has no handler for {unhandled.Message}"));
    }

    private static bool IsExpected(Exception cause) => cause is DiskFault or TimeoutException || (cause.InnerException is { } inner && IsExpected(inner));
}
