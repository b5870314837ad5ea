using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Repeats an assertion until it holds; when the time is over, its failure is that of the test.</summary>
    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Repeat(Synchronous(assertion), duration, interval, true, cancellationToken).Result();

    /// <summary>Repeats an assertion until it holds; when the time is over, its failure is that of the test.</summary>
    public Task AwaitAssertAsync(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Repeat(Synchronous(assertion), duration, interval, false, cancellationToken).AsTask();

    /// <summary>Repeats an assertion until it holds; when the time is over, its failure is that of the test.</summary>
    public Task AwaitAssertAsync(Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Repeat(assertion, duration, interval, false, cancellationToken).AsTask();

    /// <summary>Waits until a condition holds.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, null, null, cancellationToken);

    /// <summary>Waits until a condition holds.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, null, cancellationToken);

    /// <summary>Waits until a condition holds; <paramref name="message"/> is part of the failure otherwise.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, string? message, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, message, cancellationToken);

    /// <summary>Waits until a condition holds, which is looked at every <paramref name="interval"/>; <paramref name="message"/> is part of the failure otherwise.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default) =>
        Require(Synchronous(conditionIsFulfilled), max, interval, message, true, cancellationToken).Result();

    /// <summary>Waits until a condition holds.</summary>
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, null, null, cancellationToken);

    /// <summary>Waits until a condition holds; <paramref name="message"/> is part of the failure otherwise.</summary>
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, string? message, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, message, cancellationToken);

    /// <summary>Waits until a condition holds, which is looked at every <paramref name="interval"/>; <paramref name="message"/> is part of the failure otherwise.</summary>
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default) =>
        Require(Synchronous(conditionIsFulfilled), max, interval, message, false, cancellationToken).AsTask();

    /// <summary>Waits until a condition holds.</summary>
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, null, null, cancellationToken);

    /// <summary>Waits until a condition holds.</summary>
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, null, cancellationToken);

    /// <summary>Waits until a condition holds; <paramref name="message"/> is part of the failure otherwise.</summary>
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, string? message, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, message, cancellationToken);

    /// <summary>Waits until a condition holds, which is looked at every <paramref name="interval"/>; <paramref name="message"/> is part of the failure otherwise.</summary>
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default) =>
        Require(conditionIsFulfilled, max, interval, message, false, cancellationToken).AsTask();

    /// <summary>Waits until a condition holds, and says whether it came to hold.</summary>
    public bool AwaitConditionNoThrow(Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Poll(Synchronous(conditionIsFulfilled), max, interval, true, cancellationToken).Result();

    /// <summary>Waits until a condition holds, and says whether it came to hold.</summary>
    public Task<bool> AwaitConditionNoThrowAsync(Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Poll(Synchronous(conditionIsFulfilled), max, interval, false, cancellationToken).AsTask();

    /// <summary>Waits until a condition holds, and says whether it came to hold.</summary>
    public Task<bool> AwaitConditionNoThrowAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Poll(conditionIsFulfilled, max, interval, false, cancellationToken).AsTask();

    private static Func<Task<bool>> Synchronous(Func<bool> condition) => () => Task.FromResult(condition());

    private static Func<Task> Synchronous(Action assertion) => () =>
    {
        assertion();
        return Task.CompletedTask;
    };

    private async ValueTask<bool> Repeat(Func<Task> assertion, TimeSpan? duration, TimeSpan? interval, bool blocking, CancellationToken cancellationToken)
    {
        var stop = Now + RemainingOrDilated(duration);
        while (true)
        {
            try
            {
                await assertion();
                return true;
            }
            catch (Exception) when (Now < stop)
            {
                await Pause(interval, stop, blocking, cancellationToken);
            }
        }
    }

    private async ValueTask<bool> Require(Func<Task<bool>> condition, TimeSpan? max, TimeSpan? interval, string? message, bool blocking, CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(max);
        if (await Poll(condition, limit, interval, blocking, cancellationToken)) return true;
        Fail($"The condition has not come to hold within {limit}{Hinted(message)}");
        return false;
    }

    private static async ValueTask<bool> Poll(Func<Task<bool>> condition, TimeSpan max, TimeSpan? interval, bool blocking, CancellationToken cancellationToken)
    {
        var stop = Now + max;
        while (!await condition())
        {
            if (Now >= stop) return false;
            await Pause(interval, stop, blocking, cancellationToken);
        }
        return true;
    }

    private static async ValueTask Pause(TimeSpan? interval, TimeSpan stop, bool blocking, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pause = interval ?? DefaultInterval;
        if (Until(stop) is var left && left < pause) pause = left;
        if (!blocking) await Task.Delay(pause, cancellationToken);
        else if (cancellationToken.WaitHandle.WaitOne(pause)) cancellationToken.ThrowIfCancellationRequested();
    }
}
