namespace Grpc.Net.Wire;

/// <summary>Calls back once when a deadline passes, however far away it is.</summary>
internal sealed class DeadlineTimer : IDisposable
{
    // A system timer cannot wait longer than some 49 days at once.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    private readonly DateTime _deadline;
    private readonly Action _passed;
    private readonly Timer _timer;

    public DeadlineTimer(DateTime deadline, Action passed)
    {
        _deadline = deadline;
        _passed = passed;
        _timer = new Timer(static state => ((DeadlineTimer)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm(_deadline - DateTime.UtcNow);
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        var left = _deadline - DateTime.UtcNow;
        if (left > TimeSpan.Zero)
        {
            Arm(left);
        }
        else
        {
            _passed();
        }
    }

    private void Arm(TimeSpan left)
    {
        var wait = left > LongestWait ? LongestWait : left < TimeSpan.Zero ? TimeSpan.Zero : left;

        // Timers count whole milliseconds and drop the rest: rounding up spares the second, shorter round.
        _timer.Change((long)Math.Ceiling(wait.TotalMilliseconds), Timeout.Infinite);
    }
}
