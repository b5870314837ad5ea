using System.Collections.Concurrent;

namespace WebChat.Actors.Connections;

/// <summary>
/// The queues of accepted transports on their way to their <see cref="SocketActor"/>: a queue lives in the process and
/// so cannot travel in a message; its number can.
/// </summary>
public sealed class SocketTable
{
    private readonly ConcurrentDictionary<long, OutboundQueue> _queues = new();
    private long _last;

    /// <summary>Leaves a queue to be taken; gives its number.</summary>
    public long Add(OutboundQueue queue)
    {
        var number = Interlocked.Increment(ref _last);
        _queues[number] = queue;
        return number;
    }

    /// <summary>Takes a queue out; null if there is none of this number.</summary>
    public OutboundQueue? Take(long number) => _queues.TryRemove(number, out var queue) ? queue : null;
}
