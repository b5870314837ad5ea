using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>A logger that keeps out of the log what a test expects, and tells the test about it. A system under test has it among its <c>akka.loggers</c>.</summary>
public class TestEventListener : DefaultLogger
{
    private readonly List<EventFilterBase> _filters = [];

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger start:
                foreach (var topic in (Type[])[typeof(TestEvent.Mute), typeof(TestEvent.Unmute), typeof(TestEvent.Flush), typeof(DeadLetter), typeof(UnhandledMessage)])
                    start.LoggingBus.Subscribe(Context.Self, topic);
                return base.Receive(message);
            case LogEvent log:
                Log(log);
                return true;
            case DeadLetter letter:
                Log(new Warning(letter.Recipient.Path.ToString(), letter.Recipient.GetType(), letter));
                return true;
            case UnhandledMessage unhandled:
                Log(new Warning(unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(), $"unhandled message from {unhandled.Sender}: {unhandled.Message}"));
                return true;
            case TestEvent.Mute mute:
                _filters.AddRange(mute.Filters);
                return true;
            case TestEvent.Unmute unmute:
                _filters.RemoveAll(unmute.Filters.Contains);
                return true;
            case TestEvent.Flush flush:
                flush.Done.SetResult();
                return true;
            default:
                return base.Receive(message);
        }
    }

    private void Log(LogEvent log)
    {
        // Every filter is to count the event, so none may be left out because another one has taken it.
        var expected = false;
        foreach (var filter in _filters.ToArray()) expected |= filter.Apply(log);
        if (!expected) Print(log);
    }
}
