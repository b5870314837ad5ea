using System.Threading.Channels;

namespace WebChat.Actors.Connections;

/// <summary>
/// What waits to be sent to one client: bounded, so that a client that reads slowly costs a bounded amount of memory.
/// One session writes, one transport reads; either may complete it.
/// </summary>
public sealed class OutboundQueue
{
    /// <summary>Frames that may wait.</summary>
    public const int MaxFrames = 1_000;

    /// <summary>Bytes that may wait, in protobuf encoding.</summary>
    public const int MaxBytes = 1 << 20;

    private readonly Channel<OutboundFrame> _frames =
        Channel.CreateUnbounded<OutboundFrame>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TaskCompletionSource? _roomy;
    private int _count;
    private int _bytes;
    private bool _isComplete;

    /// <summary>Why the transport closes after the frames are sent; null while it is open, or if it failed.</summary>
    public CloseCode? Closed { get; private set; }

    /// <summary>Whether no more frames are taken.</summary>
    public bool IsComplete => Volatile.Read(ref _isComplete);

    /// <summary>Ends when the transport has gone.</summary>
    public Task Abandoned => _abandoned.Task;

    /// <summary>Takes a frame. False if the queue is full: a droppable frame is then dropped, with any other the client reads too slowly.</summary>
    public bool TryWrite(OutboundFrame frame)
    {
        // Passing frames may fill half of the queue at most, so that events find room when a client stalls.
        var share = frame.Droppable ? 2 : 1;
        if (Volatile.Read(ref _count) >= MaxFrames / share || Volatile.Read(ref _bytes) + frame.Size > MaxBytes / share)
            return false;
        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _bytes, frame.Size);
        return _frames.Writer.TryWrite(frame);
    }

    /// <summary>Completes when the queue is nearly empty, for a writer with more than fits. One writer may wait at a time.</summary>
    public Task WhenRoomy()
    {
        var roomy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _roomy, roomy);
        SignalRoomy();
        return roomy.Task;
    }

    /// <summary>Takes no more frames; what waits is still sent, then the transport closes with the code. Only the first reason counts.</summary>
    public void Complete(CloseCode? reason)
    {
        if (Interlocked.Exchange(ref _isComplete, true))
            return;
        Closed = reason;
        _frames.Writer.Complete();
    }

    /// <summary>The transport has gone: nothing more is sent.</summary>
    public void Abandon()
    {
        Complete(null);
        _abandoned.TrySetResult();
    }

    /// <summary>Waits until there is a frame; false when the queue is complete and empty.</summary>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellation) => _frames.Reader.WaitToReadAsync(cancellation);

    /// <summary>Takes the next frame, if there is one.</summary>
    public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out OutboundFrame? frame)
    {
        if (!_frames.Reader.TryRead(out frame))
            return false;
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -frame.Size);
        SignalRoomy();
        return true;
    }

    private void SignalRoomy()
    {
        if (Volatile.Read(ref _roomy) is not null && Volatile.Read(ref _count) <= MaxFrames / 4 && Volatile.Read(ref _bytes) <= MaxBytes / 4)
            Interlocked.Exchange(ref _roomy, null)?.TrySetResult();
    }
}
