using System.Collections;
using System.Runtime.CompilerServices;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>The next message, or null where none comes in time.</summary>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Take(GetTimeoutOrDefault(max), true, cancellationToken).Result()?.Message;

    /// <summary>The next message, or null where none comes in time.</summary>
    public async ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await Take(GetTimeoutOrDefault(max), false, cancellationToken).ConfigureAwait(false))?.Message;

    /// <summary>The next message with its sender; false where none comes in time.</summary>
    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var received = Take(GetTimeoutOrDefault(max), true, cancellationToken).Result();
        envelope = received ?? NullMessageEnvelope.Instance;
        return received is not null;
    }

    /// <summary>The next message with its sender; false where none comes in time.</summary>
    public async ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(TimeSpan? max, CancellationToken cancellationToken = default) =>
        await Take(GetTimeoutOrDefault(max), false, cancellationToken).ConfigureAwait(false) is { } received ? (true, received) : (false, NullMessageEnvelope.Instance);

    /// <summary>The next message, which stays the next, or null where none comes in time.</summary>
    public object? PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        _queue.Peek(GetTimeoutOrDefault(max), true, cancellationToken).Result()?.Message;

    /// <summary>The next message, which stays the next, or null where none comes in time.</summary>
    public async ValueTask<object?> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await _queue.Peek(GetTimeoutOrDefault(max), false, cancellationToken).ConfigureAwait(false))?.Message;

    /// <summary>The next messages, which must come in the time that a message is waited for.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        TakeMany(numberOfMessages, RemainingOrDefault, true, cancellationToken).Result();

    /// <summary>The next messages, which must all come within <paramref name="max"/>.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        TakeMany(numberOfMessages, Dilated(max), true, cancellationToken).Result();

    /// <summary>The next messages, which must come in the time that a message is waited for.</summary>
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Enumerate(() => TakeMany(numberOfMessages, RemainingOrDefault, false, cancellationToken));

    /// <summary>The next messages, which must all come within <paramref name="max"/>.</summary>
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Enumerate(() => TakeMany(numberOfMessages, Dilated(max), false, cancellationToken));

    /// <summary>What <paramref name="filter"/> makes of the next messages, until it makes nothing (null) of one, which stays the next, or until a limit: the whole time, the time between two messages, or their number.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class =>
        TakeWhile(Keep(filter), max, idle, msgs, true, cancellationToken).Result();

    /// <summary>What <paramref name="filter"/> makes of the next messages; see the other one.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class =>
        TakeWhile(Keep(filter), max, null, msgs, true, cancellationToken).Result();

    /// <summary>What <paramref name="filter"/> makes of the next messages; see the other one.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class =>
        TakeWhile(Keep(filter), max, idle, msgs, true, cancellationToken).Result();

    /// <summary>The next messages of that type, until <paramref name="shouldContinue"/> refuses one, which stays the next, or until a limit. A message of another type ends it too, unless it is to be left out.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) =>
        TakeWhile(Keep(shouldContinue, shouldIgnoreOtherMessageTypes), max, idle, msgs, true, cancellationToken).Result();

    /// <summary>What <paramref name="filter"/> makes of the next messages; see <see cref="ReceiveWhile{T}(Func{object, T}, TimeSpan?, TimeSpan?, int, CancellationToken)"/>.</summary>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class =>
        Enumerate(() => TakeWhile(Keep(filter), max, idle, msgs, false, cancellationToken));

    /// <summary>The next messages of that type; see <see cref="ReceiveWhile{T}(Predicate{T}, TimeSpan?, TimeSpan?, int, bool, CancellationToken)"/>.</summary>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) =>
        Enumerate(() => TakeWhile(Keep(shouldContinue, shouldIgnoreOtherMessageTypes), max, idle, msgs, false, cancellationToken));

    /// <summary>The first message that the predicate accepts; those before it are dropped.</summary>
    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Fish(isMessage, null, max, hint, true, cancellationToken).Result();

    /// <summary>The first message of that type that the predicate accepts; those before it are dropped.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Fish(isMessage, null, max, hint, true, cancellationToken).Result();

    /// <summary>The first message of that type that the predicate accepts; those before it are added to <paramref name="allMessages"/>.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Fish(isMessage, allMessages, max, hint, true, cancellationToken).Result();

    /// <summary>The first message that the predicate accepts; those before it are dropped.</summary>
    public ValueTask<object> FishForMessageAsync(Predicate<object> isMessage, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Fish(isMessage, null, max, hint, false, cancellationToken);

    /// <summary>The first message of that type that the predicate accepts; those before it are dropped.</summary>
    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Fish(isMessage, null, max, hint, false, cancellationToken);

    /// <summary>The first message of that type that the predicate accepts; those before it are added to <paramref name="allMessages"/>.</summary>
    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Fish(isMessage, allMessages, max, hint, false, cancellationToken);

    private async ValueTask<MessageEnvelope?> Take(TimeSpan timeout, bool blocking, CancellationToken cancellationToken)
    {
        var received = await _queue.Take(timeout, blocking, cancellationToken).ConfigureAwait(false);
        _lastWasSilence = received is null;
        _last = received ?? NullMessageEnvelope.Instance;
        return received;
    }

    private async ValueTask<IReadOnlyCollection<object>> TakeMany(int count, TimeSpan max, bool blocking, CancellationToken cancellationToken)
    {
        var stop = Now + max;
        var messages = new List<object>();
        while (messages.Count < count)
        {
            if (await Take(Until(stop), blocking, cancellationToken).ConfigureAwait(false) is not { } received)
            {
                Fail($"{count} messages were expected within {max}, but only {messages.Count} came{Listed(messages)}");
                break;
            }
            messages.Add(received.Message);
        }
        return messages;
    }

    private async ValueTask<IReadOnlyList<T>> TakeWhile<T>(Func<object, Verdict<T>> judge, TimeSpan? max, TimeSpan? idle, int limit, bool blocking, CancellationToken cancellationToken)
    {
        var stop = Now + RemainingOrDilated(max);
        var kept = new List<T>();
        var last = _last;
        while (kept.Count < limit)
        {
            var wait = Until(stop);
            if (idle is { } pause && Dilated(pause) is var dilated && dilated >= TimeSpan.Zero && dilated < wait) wait = dilated;
            if (await _queue.Peek(wait, blocking, cancellationToken).ConfigureAwait(false) is not { } next) break;
            var verdict = judge(next.Message);
            if (verdict.Ends) break;
            await Take(TimeSpan.Zero, blocking, cancellationToken).ConfigureAwait(false);
            if (!verdict.Keeps) continue;
            kept.Add(verdict.Value);
            last = next;
        }
        _last = last;
        _lastWasSilence = true;
        return kept;
    }

    private async ValueTask<T> Fish<T>(Predicate<T> isMessage, IList? others, TimeSpan? max, string? hint, bool blocking, CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(max);
        var stop = Now + limit;
        while (await Take(Until(stop), blocking, cancellationToken).ConfigureAwait(false) is { } received)
        {
            if (received.Message is T message && isMessage(message)) return message;
            others?.Add(received.Message);
        }
        Fail($"No message of type {typeof(T)} that fits came within {limit}{Hinted(hint)}");
        return default!;
    }

    private static Func<object, Verdict<T>> Keep<T>(Func<object, T?> filter) where T : class =>
        message => filter(message) is { } value ? new Verdict<T>(value, true, false) : new Verdict<T>(default!, false, true);

    private static Func<object, Verdict<T>> Keep<T>(Predicate<T> shouldContinue, bool ignoreOthers) =>
        message => message is not T typed ? new Verdict<T>(default!, false, !ignoreOthers) : new Verdict<T>(typed, true, !shouldContinue(typed));

    private static async IAsyncEnumerable<T> Enumerate<T>(Func<ValueTask<IReadOnlyCollection<T>>> receive, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var messages = await receive().ConfigureAwait(false);
        foreach (var message in messages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return message;
        }
    }

    private static async IAsyncEnumerable<T> Enumerate<T>(Func<ValueTask<IReadOnlyList<T>>> receive, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var messages = await receive().ConfigureAwait(false);
        foreach (var message in messages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return message;
        }
    }

    private static TimeSpan Until(TimeSpan stop) => stop - Now is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private static string Hinted(string? hint) => string.IsNullOrEmpty(hint) ? "" : $": {hint}";

    private static string Listed(IReadOnlyCollection<object> messages) => messages.Count == 0 ? "" : $": {string.Join(", ", messages)}";

    private readonly record struct Verdict<T>(T Value, bool Keeps, bool Ends);
}
