using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace WebChat.Tests.Edge.WebSockets;

/// <summary>A client that writes the bytes of its frames, and never answers by itself.</summary>
internal sealed class RawWebSocket : IDisposable
{
    public const byte Close = 0x88;
    public const byte Ping = 0x89;
    public const byte Pong = 0x8a;
    public const byte Text = 0x81;

    private readonly TcpClient _tcp = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));

    private RawWebSocket()
    {
    }

    public static async Task<RawWebSocket> Connect(EdgeServer server)
    {
        var socket = new RawWebSocket();
        await socket._tcp.ConnectAsync(server.Web.Host, server.Web.Port);
        await socket.Write(Encoding.ASCII.GetBytes(
            $"GET /ws HTTP/1.1\r\nHost: {server.Web.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)(await socket.Read(1))[0]);
        Assert.StartsWith("HTTP/1.1 101", head.ToString(), StringComparison.Ordinal);
        return socket;
    }

    public void Dispose()
    {
        _tcp.Dispose();
        _patience.Dispose();
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task Write(params byte[] bytes) => await _tcp.GetStream().WriteAsync(bytes, _patience.Token);

    /// <summary>Sends a frame of up to 125 bytes, masked with zeros.</summary>
    public Task WriteFrame(byte first, params byte[] payload) => Write([first, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]);

    /// <summary>The next frame.</summary>
    /// <exception cref="IOException">The connection has ended.</exception>
    public async Task<(byte First, byte[] Payload)> ReadFrame()
    {
        var head = await Read(2);
        var length = head[1] == 126 ? BinaryPrimitives.ReadUInt16BigEndian(await Read(2)) : head[1];
        return (head[0], await Read(length));
    }

    /// <summary>Reads up to the server's close frame and returns its code.</summary>
    public async Task<int> ReadClose()
    {
        while (true)
        {
            if (await ReadFrame() is (Close, var payload))
                return BinaryPrimitives.ReadUInt16BigEndian(payload);
        }
    }

    private async Task<byte[]> Read(int count)
    {
        var bytes = new byte[count];
        await _tcp.GetStream().ReadExactlyAsync(bytes, _patience.Token);
        return bytes;
    }
}
