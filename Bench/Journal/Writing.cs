using System.Diagnostics;

namespace WebChat.Bench.Journal;

/// <summary>What the actors of one measurement share: when it is over, and what they saw.</summary>
public sealed class Writing
{
    private readonly Lock _gate = new();
    private readonly List<double> _latencies = [];
    private readonly TaskCompletionSource _allDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _begin;
    private readonly long _end;
    private int _left;

    /// <param name="actors">How many actors take part.</param>
    /// <param name="warmUp">How long they write before what they do counts.</param>
    /// <param name="time">How long they write after that.</param>
    public Writing(int actors, TimeSpan warmUp, TimeSpan time)
    {
        _left = actors;
        _begin = Stopwatch.GetTimestamp() + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        _end = _begin + (long)(time.TotalSeconds * Stopwatch.Frequency);
    }

    /// <summary>Ends when every actor has ended.</summary>
    public Task AllDone => _allDone.Task;

    /// <summary>Microseconds from the command to the event's handler, after <see cref="AllDone"/>.</summary>
    public List<double> Latencies => _latencies;

    /// <summary>Whether a moment belongs to the measured time.</summary>
    public bool Counts(long timestamp) => timestamp >= _begin && timestamp < _end;

    /// <summary>Whether the measurement is over at a moment.</summary>
    public bool IsOver(long timestamp) => timestamp >= _end;

    /// <summary>An actor is at its end.</summary>
    public void Done(List<double> latencies)
    {
        lock (_gate)
        {
            _latencies.AddRange(latencies);
            if (--_left == 0)
                _allDone.SetResult();
        }
    }
}
