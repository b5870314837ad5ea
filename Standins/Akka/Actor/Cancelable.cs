namespace Akka.Actor;

/// <summary>The usual <see cref="ICancelable"/>.</summary>
public class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler? _scheduler;
    private CancellationTokenSource? _source;
    private ScheduledEntry? _entry;
    private int _state;

    /// <summary>One that can be called off after a time by <paramref name="scheduler"/>.</summary>
    public Cancelable(IActionScheduler scheduler)
    {
        _scheduler = scheduler;
    }

    /// <summary>One that <paramref name="scheduler"/> calls off after a time.</summary>
    public Cancelable(IActionScheduler scheduler, TimeSpan delay)
        : this(scheduler)
    {
        CancelAfter(delay);
    }

    /// <summary>One that can be called off after a time by <paramref name="scheduler"/>.</summary>
    public Cancelable(IScheduler scheduler)
        : this(scheduler.Advanced)
    {
    }

    /// <summary>One that <paramref name="scheduler"/> calls off after a time.</summary>
    public Cancelable(IScheduler scheduler, TimeSpan delay)
        : this(scheduler.Advanced, delay)
    {
    }

    /// <summary>One that <paramref name="scheduler"/> calls off after so many milliseconds.</summary>
    public Cancelable(IScheduler scheduler, int millisecondsDelay)
        : this(scheduler.Advanced, TimeSpan.FromMilliseconds(millisecondsDelay))
    {
    }

    private Cancelable()
    {
    }

    /// <inheritdoc/>
    public bool IsCancellationRequested => Volatile.Read(ref _state) != 0;

    /// <summary>Whether it has been disposed of.</summary>
    public bool IsDisposed { get; private set; }

    /// <inheritdoc/>
    public CancellationToken Token
    {
        get
        {
            if (_source is null) Interlocked.CompareExchange(ref _source, new CancellationTokenSource(), null);
            if (IsCancellationRequested) _source.Cancel();
            return _source.Token;
        }
    }

    /// <summary>One that is called off already.</summary>
    public static ICancelable CreateCanceled()
    {
        var cancelable = new Cancelable();
        cancelable.Cancel();
        return cancelable;
    }

    /// <summary>One that is called off as soon as one of others is.</summary>
    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params ICancelable[] cancelables) =>
        CreateLinkedCancelable(scheduler.Advanced, cancelables);

    /// <summary>One that is called off as soon as one of others is.</summary>
    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params ICancelable[] cancelables)
    {
        var linked = new Cancelable(scheduler);
        foreach (var cancelable in cancelables) cancelable.Token.UnsafeRegister(static l => ((Cancelable)l!).Cancel(), linked);
        return linked;
    }

    /// <inheritdoc/>
    public void Cancel() => Cancel(throwOnFirstException: false);

    /// <inheritdoc/>
    public void Cancel(bool throwOnFirstException)
    {
        if (Interlocked.Exchange(ref _state, 1) != 0) return;
        Volatile.Read(ref _entry)?.Remove();
        Volatile.Read(ref _source)?.Cancel(throwOnFirstException);
    }

    /// <inheritdoc/>
    public void CancelAfter(TimeSpan delay)
    {
        if (_scheduler is null) throw new InvalidOperationException("CancelAfter needs a scheduler.");
        _scheduler.ScheduleOnce(delay, Cancel);
    }

    /// <inheritdoc/>
    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets the scheduler drop what is called off, instead of keeping it until it is due.</summary>
    internal void Attach(ScheduledEntry entry)
    {
        Volatile.Write(ref _entry, entry);
        if (IsCancellationRequested) entry.Remove();
    }

    /// <summary>Frees the token.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (IsDisposed) return;
        IsDisposed = true;
        if (disposing) _source?.Dispose();
    }
}
