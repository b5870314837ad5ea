using System.Net.WebSockets;
using System.Text;
using Google.Protobuf;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>A WebSocket that reads nothing unless the test reads, and sends whatever the test writes, valid or not.</summary>
public sealed class ChatSocket : IDisposable
{
    /// <summary>Longer than any test should have to wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1 << 20];

    private ChatSocket()
    {
    }

    public string? SubProtocol => _socket.SubProtocol;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    /// <summary>Connects, with sub-protocols to choose from, and as the page of an origin if one is given.</summary>
    public static async Task<ChatSocket> Connect(Uri server, string[] protocols, string? origin = null)
    {
        var chat = new ChatSocket();
        foreach (var protocol in protocols)
            chat._socket.Options.AddSubProtocol(protocol);
        if (origin is not null)
            chat._socket.Options.SetRequestHeader("Origin", origin);
        using var patience = new CancellationTokenSource(Patience);
        await chat._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/ws" }.Uri, patience.Token);
        return chat;
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Begins a session.</summary>
    public async Task<Welcome> Hello(Credentials user)
    {
        await Send(new ClientFrame { Id = "hello", Hello = new() { AccessToken = user.AccessToken } });
        return (await ReceiveAnswer("hello")).Welcome;
    }

    public Task Send(ClientFrame frame) => SubProtocol == "webchat.v1.proto"
        ? Send(frame.ToByteArray(), WebSocketMessageType.Binary)
        : Send(JsonFormatter.Default.Format(frame));

    public Task Send(string text) => Send(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public async Task Send(byte[] bytes, WebSocketMessageType type)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(bytes, type, endOfMessage: true, patience.Token);
    }

    /// <summary>Sends a message in parts.</summary>
    public async Task SendInParts(string text, int size)
    {
        using var patience = new CancellationTokenSource(Patience);
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var at = 0; at < bytes.Length; at += size)
        {
            var part = bytes.AsMemory(at, Math.Min(size, bytes.Length - at));
            await _socket.SendAsync(part, WebSocketMessageType.Text, at + size >= bytes.Length, patience.Token);
        }
    }

    /// <summary>The next frame; null once the server has closed.</summary>
    public async Task<ServerFrame?> Receive()
    {
        using var patience = new CancellationTokenSource(Patience);
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (part.EndOfMessage)
            {
                return part.MessageType == WebSocketMessageType.Binary
                    ? ServerFrame.Parser.ParseFrom(_buffer, 0, length)
                    : JsonParser.Default.Parse<ServerFrame>(Encoding.UTF8.GetString(_buffer, 0, length));
            }
        }
    }

    /// <summary>The next frame that matches; those before it are dropped.</summary>
    public async Task<ServerFrame> Receive(Predicate<ServerFrame> matches)
    {
        while (await Receive() is { } frame)
        {
            if (matches(frame))
                return frame;
        }
        throw new InvalidOperationException($"The server closed with {CloseStatus}.");
    }

    public Task<ServerFrame> ReceiveAnswer(string id) => Receive(frame => frame.ReplyTo == id);

    /// <summary>Waits until the server closes and returns the code.</summary>
    public async Task<int> ReceiveClose()
    {
        while (await Receive() is not null)
        {
        }
        return (int)CloseStatus!.Value;
    }

    /// <summary>Closes and returns the code that the server answers with.</summary>
    public async Task<int> Close()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        return (int)CloseStatus!.Value;
    }
}
