using System.Diagnostics;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The scheduler of a system. One thread, begun with the first thing to do, waits for what is due next; what is
/// called off leaves the heap at once.
/// </summary>
public class HashedWheelTimerScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _earlier = new(false, spinCount: 0);
    private ScheduledEntry[] _heap = new ScheduledEntry[16];
    private int _count;
    private Thread? _thread;
    private bool _stopped;

    /// <summary>Made by the system that the scheduler is for.</summary>
    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log)
    {
    }

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(0);

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => Stopwatch.GetElapsedTime(0);

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => DateTimeOffset.UtcNow;

    /// <summary>Ends the scheduler; what it was to do is forgotten.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Array.Clear(_heap, 0, _count);
            _count = 0;
            _earlier.Set();
        }

        GC.SuppressFinalize(this);
    }

    internal void Remove(ScheduledEntry entry)
    {
        lock (_gate)
        {
            if (entry.Index >= 0) RemoveAt(entry.Index);
        }
    }

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(delay, new ScheduledEntry(this, receiver, message, sender, 0, cancelable), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(initialDelay, new ScheduledEntry(this, receiver, message, sender, Ticks(interval), cancelable), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Add(delay, new ScheduledEntry(this, action, null, null, 0, cancelable), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Add(initialDelay, new ScheduledEntry(this, action, null, null, Ticks(interval), cancelable), cancelable);

    private static long Ticks(TimeSpan time) => Math.Max(1, (long)(time.Ticks * ((double)Stopwatch.Frequency / TimeSpan.TicksPerSecond)));

    private void Add(TimeSpan delay, ScheduledEntry entry, ICancelable? cancelable)
    {
        if (cancelable is { IsCancellationRequested: true }) return;
        entry.Due = Stopwatch.GetTimestamp() + Ticks(delay);
        lock (_gate)
        {
            if (_stopped) throw new SchedulerException("cannot enqueue after timer shutdown");
            Push(entry);
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "akka-scheduler" };
                _thread.Start();
            }
            else if (entry.Index == 0)
            {
                _earlier.Set();
            }
        }

        (cancelable as Cancelable)?.Attach(entry);
    }

    private void Run()
    {
        while (true)
        {
            ScheduledEntry? due = null;
            var wait = Timeout.Infinite;
            lock (_gate)
            {
                if (_stopped) return;
                _earlier.Reset();
                if (_count > 0)
                {
                    var left = _heap[0].Due - Stopwatch.GetTimestamp();
                    if (left <= 0)
                    {
                        due = _heap[0];
                        RemoveAt(0);
                        if (due.Interval > 0 && !due.IsCancelled)
                        {
                            due.Due += due.Interval;
                            Push(due);
                        }
                    }
                    else
                    {
                        wait = (int)Math.Min(int.MaxValue, Math.Ceiling(left * 1000.0 / Stopwatch.Frequency));
                    }
                }
            }

            if (due is null) _earlier.Wait(wait);
            else if (!due.IsCancelled) Fire(due);
        }
    }

    private void Fire(ScheduledEntry due)
    {
        try
        {
            due.Fire();
        }
        catch (Exception e)
        {
            Log.Error(e, "Exception while executing timer task.");
        }
    }

    private void Push(ScheduledEntry entry)
    {
        if (_count == _heap.Length) Array.Resize(ref _heap, _count * 2);
        Place(entry, _count++);
        Rise(entry);
    }

    private void RemoveAt(int index)
    {
        _heap[index].Index = -1;
        var last = _heap[--_count];
        _heap[_count] = null!;
        if (index == _count) return;
        Place(last, index);
        Rise(last);
        Sink(last);
    }

    private void Place(ScheduledEntry entry, int index)
    {
        _heap[index] = entry;
        entry.Index = index;
    }

    private void Rise(ScheduledEntry entry)
    {
        while (entry.Index > 0)
        {
            var parent = _heap[(entry.Index - 1) / 2];
            if (parent.Due <= entry.Due) return;
            Swap(entry, parent);
        }
    }

    private void Sink(ScheduledEntry entry)
    {
        while (true)
        {
            var child = (entry.Index * 2) + 1;
            if (child >= _count) return;
            if (child + 1 < _count && _heap[child + 1].Due < _heap[child].Due) child++;
            if (_heap[child].Due >= entry.Due) return;
            Swap(_heap[child], entry);
        }
    }

    private void Swap(ScheduledEntry up, ScheduledEntry down)
    {
        var (upper, lower) = (down.Index, up.Index);
        Place(up, upper);
        Place(down, lower);
    }
}
