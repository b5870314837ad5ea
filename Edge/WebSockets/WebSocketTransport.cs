using System.Buffers;
using System.Net.WebSockets;
using WebChat.Actors.Connections;
using WebChat.Edge.Limits;
using WebChat.Edge.Sessions;

namespace WebChat.Edge.WebSockets;

/// <summary>
/// Moves frames between one WebSocket and its session. Reading and writing go on side by side until either ends; then the
/// other is made to end too, in bounded time, however the client behaves.
/// </summary>
internal sealed class WebSocketTransport(WebSocket webSocket, SubProtocol protocol, Transport transport, TimeProvider time)
{
    /// <summary>Bytes that most frames fit into.</summary>
    private const int SmallFrame = 4_096;

    /// <summary>How long a single frame may take to be sent before the client counts as dead.</summary>
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(20);

    /// <summary>How long the end may take: sending what still waits, and the client's answer to the close frame.</summary>
    public static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(5);

    private bool _isBroken;

    /// <summary>Serves the client until the connection is over. False if the client broke RFC 6455: then the platform has sent a close frame, and reads no more.</summary>
    public async Task<bool> Run()
    {
        using var readerGone = new CancellationTokenSource();
        var reading = Read();
        var writing = Write(readerGone.Token);
        if (await Task.WhenAny(reading, writing) == reading)
            await readerGone.CancelAsync();
        await writing;
        using (time.CreateTimer(_ => webSocket.Abort(), null, ClosePatience, Timeout.InfiniteTimeSpan))
            await reading;
        // The session need not wait for what follows.
        transport.Queue.Abandon();
        return !_isBroken;
    }

    private async Task Read()
    {
        try
        {
            while (await ReadMessage() is { } frame)
            {
                await transport.ReceiveAsync(frame);
                if (frame.Frame is not null)
                    continue;
                await Discard();
                return;
            }
        }
        catch (WebSocketException broken) when (broken.WebSocketErrorCode == WebSocketError.Faulted)
        {
            // A frame that RFC 6455 forbids: the platform has answered it with a close frame, which an abort would overtake.
            _isBroken = true;
        }
        catch (Exception gone) when (IsTransportEnd(gone))
        {
            webSocket.Abort();
        }
    }

    /// <summary>The next message; null if the client closes. The first read has an empty buffer and waits: an idle socket needs no memory.</summary>
    private async Task<InboundFrame?> ReadMessage()
    {
        byte[] buffer = [];
        try
        {
            for (var length = 0; ;)
            {
                var part = await webSocket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close)
                    return null;
                if (length > SizeLimits.Frame)
                    return InboundFrame.TooLarge;
                if (part.EndOfMessage)
                    return protocol.Read(part.MessageType, buffer.AsMemory(0, length));
                if (length == buffer.Length)
                    buffer = Grow(buffer);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(SmallFrame, buffer.Length * 2));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    /// <summary>Reads on without listening until the client has answered the close frame: unread bytes would reset the connection, and the frame would be lost.</summary>
    private async Task Discard()
    {
        var buffer = new byte[SmallFrame];
        while ((await webSocket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close)
        {
        }
    }

    private async Task Write(CancellationToken readerGone)
    {
        await using var stalled = time.CreateTimer(_ => webSocket.Abort(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            await WriteFrames(stalled, readerGone);
            await Close(stalled, transport.Queue.Closed);
        }
        catch (OperationCanceledException) when (readerGone.IsCancellationRequested)
        {
            // The client said bye or broke off; the first deserves an answer.
            await Close(stalled, CloseCode.Normal);
        }
        catch (Exception gone) when (IsTransportEnd(gone))
        {
            // Closed or broken already, the other half decides: an abort could overtake the platform's close frame.
            if (webSocket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                webSocket.Abort();
        }
    }

    private async Task WriteFrames(ITimer stalled, CancellationToken readerGone)
    {
        var queue = transport.Queue;
        var closing = false;
        while (await queue.WaitToReadAsync(readerGone))
        {
            while (queue.TryRead(out var frame))
            {
                if (!closing && queue.Closed is not null)
                {
                    closing = true;
                    stalled.Change(ClosePatience, Timeout.InfiniteTimeSpan);
                }
                var sending = webSocket.SendAsync(protocol.Write(frame), protocol.MessageType, endOfMessage: true, CancellationToken.None);
                if (sending.IsCompletedSuccessfully)
                    continue;
                if (!closing)
                    stalled.Change(SendPatience, Timeout.InfiniteTimeSpan);
                await sending;
                if (!closing)
                    stalled.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private async Task Close(ITimer stalled, CloseCode? code)
    {
        if (code is not { } known)
        {
            webSocket.Abort();
            return;
        }
        if (webSocket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;
        stalled.Change(ClosePatience, Timeout.InfiniteTimeSpan);
        try
        {
            await webSocket.CloseOutputAsync((WebSocketCloseStatus)known, CloseReason.Of(known).Words, CancellationToken.None);
        }
        catch (Exception gone) when (IsTransportEnd(gone))
        {
            webSocket.Abort();
        }
    }

    /// <summary>Whether this is how a connection ends that the client, the network or a timer has cut.</summary>
    private static bool IsTransportEnd(Exception exception) =>
        exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException;
}
