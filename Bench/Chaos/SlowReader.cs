using System.Net.WebSockets;
using Google.Protobuf;
using WebChat.Bench.Load;
using WebChat.V1;

namespace WebChat.Bench.Chaos;

/// <summary>A session that asks for a room from its beginning, and reads nothing.</summary>
internal sealed class SlowReader : IDisposable
{
    private readonly ClientWebSocket _socket = new();

    private SlowReader() => _socket.Options.AddSubProtocol("webchat.v1.proto");

    public static async Task<SlowReader> OpenAsync(WebChatMember member)
    {
        var reader = new SlowReader();
        await reader._socket.ConnectAsync(new UriBuilder(member.Server) { Scheme = "ws", Path = "/ws" }.Uri, CancellationToken.None);
        var hello = new ClientFrame { Id = "1", Hello = new() { AccessToken = member.AccessToken, Cursors = { [member.Room] = 0 } } };
        await reader._socket.SendAsync(hello.ToByteArray(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        return reader;
    }

    public void Dispose() => _socket.Dispose();
}
