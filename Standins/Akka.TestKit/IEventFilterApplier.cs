namespace Akka.TestKit;

/// <summary>
/// Expects log events while something is done. Expected events do not reach the log. The number must be met within a time, by default that of
/// <c>akka.test.filter-leeway</c>, which starts when the action has ended.
/// </summary>
public interface IEventFilterApplier
{
    /// <summary>Expects events that fit this filter or the next one.</summary>
    EventFilterFactory And { get; }

    /// <summary>Expects one event while <paramref name="action"/> runs.</summary>
    void ExpectOne(Action action, CancellationToken cancellationToken = default);

    /// <summary>Expects one event while <paramref name="action"/> runs, or within <paramref name="timeout"/> afterwards.</summary>
    void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    /// <summary>Expects one event while <paramref name="func"/> runs, and returns its result.</summary>
    T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default);

    /// <summary>Expects one event while <paramref name="func"/> runs, or within <paramref name="timeout"/> afterwards, and returns its result.</summary>
    T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default);

    /// <summary>Expects one event while <paramref name="action"/> runs.</summary>
    Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default);

    /// <summary>Expects one event while <paramref name="actionAsync"/> runs.</summary>
    Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default);

    /// <summary>Expects one event while <paramref name="action"/> runs, or within <paramref name="timeout"/> afterwards.</summary>
    Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default);

    /// <summary>Expects one event while <paramref name="func"/> runs, and returns its result.</summary>
    Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default);

    /// <summary>Expects one event while <paramref name="func"/> runs, or within <paramref name="timeout"/> afterwards, and returns its result.</summary>
    Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default);

    /// <summary>Expects that many events while <paramref name="action"/> runs.</summary>
    void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default);

    /// <summary>Expects that many events while <paramref name="action"/> runs, or within <paramref name="timeout"/> afterwards.</summary>
    void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    /// <summary>Expects that many events while <paramref name="func"/> runs, and returns its result.</summary>
    T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default);

    /// <summary>Expects that many events while <paramref name="func"/> runs, or within <paramref name="timeout"/> afterwards, and returns its result.</summary>
    T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default);

    /// <summary>Expects that many events while <paramref name="actionAsync"/> runs.</summary>
    Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default);

    /// <summary>Expects that many events while <paramref name="actionAsync"/> runs, or within <paramref name="timeout"/> afterwards.</summary>
    Task ExpectAsync(int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default);

    /// <summary>Expects that many events while <paramref name="action"/> runs, or within <paramref name="timeout"/> afterwards.</summary>
    Task ExpectAsync(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    /// <summary>Expects that many events while <paramref name="action"/> runs, or within <paramref name="timeout"/> afterwards.</summary>
    Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default);

    /// <summary>Expects that many events while <paramref name="func"/> runs, and returns its result.</summary>
    Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default);

    /// <summary>Expects that many events while <paramref name="func"/> runs, or within <paramref name="timeout"/> afterwards, and returns its result.</summary>
    Task<T> ExpectAsync<T>(int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default);

    /// <summary>Keeps events out of the log while <paramref name="action"/> runs, however many.</summary>
    void Mute(Action action, CancellationToken cancellationToken = default);

    /// <summary>Keeps events out of the log while <paramref name="func"/> runs, however many, and returns its result.</summary>
    T Mute<T>(Func<T> func, CancellationToken cancellationToken = default);

    /// <summary>Keeps events out of the log while <paramref name="action"/> runs, however many.</summary>
    Task MuteAsync(Action action, CancellationToken cancellationToken = default);

    /// <summary>Keeps events out of the log while <paramref name="action"/> runs, however many.</summary>
    Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default);

    /// <summary>Keeps events out of the log while <paramref name="func"/> runs, however many, and returns its result.</summary>
    Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default);

    /// <summary>Keeps events out of the log from now on.</summary>
    IUnmutableFilter Mute();
}
