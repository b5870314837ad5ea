using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Runs <paramref name="action"/>, which must take no longer than <paramref name="max"/>; what it waits for, it waits for no longer than that.</summary>
    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    /// <summary>Runs <paramref name="action"/>, which must take between <paramref name="min"/> and <paramref name="max"/>, give or take <paramref name="epsilonValue"/>.</summary>
    public void Within(TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(min, max, () =>
        {
            action();
            return true;
        }, hint, epsilonValue, cancellationToken);

    /// <summary>Runs <paramref name="function"/>, which must take no longer than <paramref name="max"/>, and returns its result.</summary>
    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <summary>Runs <paramref name="function"/>, which must take between <paramref name="min"/> and <paramref name="max"/>, and returns its result.</summary>
    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Timed(min, max, () => Task.FromResult(function()), hint, epsilonValue, cancellationToken).Result();

    /// <summary>Runs <paramref name="actionAsync"/>, which must take no longer than <paramref name="max"/>.</summary>
    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    /// <summary>Runs <paramref name="actionAsync"/>, which must take between <paramref name="min"/> and <paramref name="max"/>.</summary>
    public Task WithinAsync(TimeSpan min, TimeSpan max, Func<Task> actionAsync, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(min, max, async () =>
        {
            await actionAsync();
            return true;
        }, hint, epsilonValue, cancellationToken);

    /// <summary>Runs <paramref name="function"/>, which must take no longer than <paramref name="max"/>, and returns its result.</summary>
    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <summary>Runs <paramref name="function"/>, which must take between <paramref name="min"/> and <paramref name="max"/>, and returns its result.</summary>
    public Task<T> WithinAsync<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Timed(min, max, function, hint, epsilonValue, cancellationToken).AsTask();

    private async ValueTask<T> Timed<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint, TimeSpan? epsilon, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = Now;
        var outer = _end;
        var limit = Dilated(max);
        if (outer is not null && Remaining is var left && left < limit) limit = left;
        _assertions.AssertTrue(limit >= min, "{0}", $"{min} are required, but only {limit} are left{Hinted(hint)}");

        _end = start + limit;
        _lastWasSilence = false;
        T result;
        try
        {
            result = await function();
        }
        finally
        {
            _end = outer;
        }

        var elapsed = Now - start;
        var tolerance = epsilon ?? TimeSpan.Zero;
        _assertions.AssertTrue(elapsed + tolerance >= min, "{0}", $"It took {elapsed}, which is less than {min}{Hinted(hint)}");
        // Who waited for silence has used up the time, and a little more; that is as it should be.
        if (!_lastWasSilence) _assertions.AssertTrue(elapsed <= limit + tolerance, "{0}", $"It took {elapsed}, which is more than {limit}{Hinted(hint)}");
        return result;
    }
}
