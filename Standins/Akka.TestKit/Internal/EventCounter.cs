using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>Counts the events that filters recognize from now until this is disposed.</summary>
internal sealed class EventCounter : IDisposable
{
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;
    private readonly int _expected;
    private readonly MutedEvents _muted;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public EventCounter(ActorSystem system, IReadOnlyList<EventFilterBase> filters, int expected)
    {
        _system = system;
        _filters = filters;
        _expected = expected;
        foreach (var filter in filters) filter.EventMatched += Matched;
        _muted = new MutedEvents(system, filters);
    }

    public int Count => Volatile.Read(ref _count);

    public void Await(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_expected > 0) _reached.Task.Wait((int)timeout.TotalMilliseconds, cancellationToken);
        Flush().Wait((int)timeout.TotalMilliseconds, cancellationToken);
    }

    public async Task AwaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_expected > 0) await Either(_reached.Task, timeout, cancellationToken);
        await Either(Flush(), timeout, cancellationToken);
    }

    public void Dispose()
    {
        _muted.Unmute();
        foreach (var filter in _filters) filter.EventMatched -= Matched;
    }

    // What is too much can only be told when all that was logged has been looked at.
    private Task Flush()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _system.EventStream.Publish(new TestEvent.Flush(done));
        return done.Task;
    }

    private void Matched(EventFilterBase filter, LogEvent log)
    {
        if (Interlocked.Increment(ref _count) == _expected) _reached.TrySetResult();
    }

    private static async Task Either(Task task, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await Task.WhenAny(task, Task.Delay(timeout, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }
}
