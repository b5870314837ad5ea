using Akka.Actor;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Writes what a system logs to the output of the test.</summary>
public class TestOutputLogger : ReceiveActor
{
    /// <summary>Writes to <paramref name="output"/>.</summary>
    public TestOutputLogger(ITestOutputHelper output)
    {
        Receive<LogEvent>(log => Write(output, log));
        Receive<InitializeLogger>(start =>
        {
            start.LoggingBus.Subscribe(Self, typeof(LogEvent));
            Sender.Tell(new LoggerInitialized(), Self);
        });
    }

    private static void Write(ITestOutputHelper output, LogEvent log)
    {
        try
        {
            output.WriteLine("{0}", log);
        }
        catch (InvalidOperationException)
        {
            // The test has ended, and takes no output any more: what is logged on the way down has no place.
        }
    }
}
