using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace WebChat.Kestrel;

/// <summary>One client's WebSocket.</summary>
internal sealed class Member(WebSocket socket)
{
    private readonly Channel<Frame> _outbound = Channel.CreateUnbounded<Frame>(new() { SingleReader = true });
    private readonly byte[] _inbound = new byte[16 * 1024];

    public void Tell(Frame frame) => _outbound.Writer.TryWrite(frame);

    /// <summary>Sends what it is told, and hands over what it receives, until the client goes.</summary>
    public async Task ServeAsync(Action<Frame> received)
    {
        var writing = WriteAsync();
        try
        {
            while (await ReadAsync() is { } frame)
                received(frame);
        }
        catch (WebSocketException)
        {
            // The client has gone without a close frame.
        }

        _outbound.Writer.Complete();
        await writing;
    }

    private async Task<Frame?> ReadAsync()
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(_inbound.AsMemory(length), CancellationToken.None);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        return part.MessageType == WebSocketMessageType.Close ? null : JsonSerializer.Deserialize(_inbound.AsSpan(0, length), FrameJson.Default.Frame);
    }

    private async Task WriteAsync()
    {
        await foreach (var frame in _outbound.Reader.ReadAllAsync())
        {
            if (socket.State == WebSocketState.Open)
                await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame, FrameJson.Default.Frame), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
    }
}
