using System.Collections.Concurrent;

namespace Akka.TestKit.Internal;

/// <summary>What a test actor has received and the test has not looked at yet. One test takes, any thread adds.</summary>
internal sealed class TestQueue
{
    private readonly ConcurrentQueue<MessageEnvelope> _messages = new();
    private readonly SemaphoreSlim _count = new(0);

    public bool IsEmpty => _messages.IsEmpty;

    public void Add(MessageEnvelope message)
    {
        _messages.Enqueue(message);
        _count.Release();
    }

    /// <summary>The next message, or null after <paramref name="timeout"/>. With <paramref name="blocking"/> it has completed when this returns.</summary>
    public async ValueTask<MessageEnvelope?> Take(TimeSpan timeout, bool blocking, CancellationToken cancellationToken) =>
        await Await(timeout, blocking, cancellationToken).ConfigureAwait(false) && _messages.TryDequeue(out var message) ? message : null;

    /// <summary>The next message, which stays the next, or null after <paramref name="timeout"/>.</summary>
    public async ValueTask<MessageEnvelope?> Peek(TimeSpan timeout, bool blocking, CancellationToken cancellationToken)
    {
        if (!await Await(timeout, blocking, cancellationToken).ConfigureAwait(false)) return null;
        var message = _messages.TryPeek(out var next) ? next : null;
        _count.Release();
        return message;
    }

    private async ValueTask<bool> Await(TimeSpan timeout, bool blocking, CancellationToken cancellationToken)
    {
        if (timeout < TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan) timeout = TimeSpan.Zero;
        return blocking
            ? _count.Wait(timeout, cancellationToken)
            : await _count.WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
    }
}
