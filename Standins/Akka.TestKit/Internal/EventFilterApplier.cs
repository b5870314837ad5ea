using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Counts log events while something is done.</summary>
internal sealed class EventFilterApplier(TestKitBase testKit, ActorSystem system, IReadOnlyList<EventFilterBase> filters) : IEventFilterApplier
{
    public EventFilterFactory And => new(testKit, system, filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) => Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);

    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) => Expect(1, timeout, func, cancellationToken);

    public Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default) => Count(1, null, Asynchronous(action), cancellationToken);

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) => ExpectAsync(1, actionAsync, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) => ExpectAsync(1, timeout, action, cancellationToken);

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectAsync(1, func, cancellationToken);

    public Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectAsync(1, timeout, func, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        CountBlocking(expectedCount, null, Synchronous(action), cancellationToken);

    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        CountBlocking(expectedCount, timeout, Synchronous(action), cancellationToken);

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        CountBlocking(expectedCount, null, func, cancellationToken);

    public T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        CountBlocking(expectedCount, timeout, func, cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Count(expectedCount, null, Asynchronous(actionAsync), cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default) =>
        Count(expectedCount, timeout, Asynchronous(actionAsync), cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Count(expectedCount, timeout, Asynchronous(action), cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        Count(expectedCount, timeout, Asynchronous(action), cancellationToken);

    public Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Count(expectedCount, null, func, cancellationToken);

    public Task<T> ExpectAsync<T>(int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Count(expectedCount, timeout, func, cancellationToken);

    public void Mute(Action action, CancellationToken cancellationToken = default) => Mute(Synchronous(action), cancellationToken);

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default)
    {
        using var muted = Mute();
        cancellationToken.ThrowIfCancellationRequested();
        return func();
    }

    public Task MuteAsync(Action action, CancellationToken cancellationToken = default) => MuteAsync(Asynchronous(action), cancellationToken);

    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) => MuteAsync(Asynchronous(action), cancellationToken);

    public async Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default)
    {
        using var muted = Mute();
        cancellationToken.ThrowIfCancellationRequested();
        return await func();
    }

    public IUnmutableFilter Mute() => new MutedEvents(system, filters);

    private static Func<bool> Synchronous(Action action) => () =>
    {
        action();
        return true;
    };

    private static Func<Task<bool>> Asynchronous(Action action) => () =>
    {
        action();
        return Task.FromResult(true);
    };

    private static Func<Task<bool>> Asynchronous(Func<Task> action) => async () =>
    {
        await action();
        return true;
    };

    private T CountBlocking<T>(int expected, TimeSpan? timeout, Func<T> action, CancellationToken cancellationToken)
    {
        using var counter = new EventCounter(system, filters, expected);
        var result = action();
        counter.Await(Leeway(timeout), cancellationToken);
        Check(counter, expected, timeout);
        return result;
    }

    private async Task<T> Count<T>(int expected, TimeSpan? timeout, Func<Task<T>> action, CancellationToken cancellationToken)
    {
        using var counter = new EventCounter(system, filters, expected);
        var result = await action();
        await counter.AwaitAsync(Leeway(timeout), cancellationToken);
        Check(counter, expected, timeout);
        return result;
    }

    private TimeSpan Leeway(TimeSpan? timeout) => testKit.Dilated(timeout ?? testKit.TestKitSettings.TestEventFilterLeeway);

    private void Check(EventCounter counter, int expected, TimeSpan? timeout)
    {
        if (counter.Count == expected) return;
        var sought = string.Join(" or ", filters);
        testKit.Fail($"{expected} log events were expected within {Leeway(timeout)}, but there were {counter.Count}: {sought}");
    }
}
