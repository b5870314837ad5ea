using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using Google.Protobuf;
using WebChat.V1;

namespace WebChat.Clients;

internal sealed class WebSocketTransport(ClientWebSocket socket, bool json) : IFrameTransport
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private readonly ArrayBufferWriter<byte> _received = new(1024);
    private readonly ArrayBufferWriter<byte> _sent = new(1024);

    public int? CloseCode => (int?)socket.CloseStatus;

    public static async Task<IFrameTransport> ConnectAsync(Uri server, bool json, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(json ? "webchat.v1.json" : "webchat.v1.proto");
        await socket.ConnectAsync(new UriBuilder(server) { Scheme = server.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Path = "/ws" }.Uri, cancellationToken);
        return new WebSocketTransport(socket, json);
    }

    public async ValueTask SendAsync(ClientFrame frame)
    {
        _sent.ResetWrittenCount();
        if (json)
            Encoding.UTF8.GetBytes(Formatter.Format(frame), _sent);
        else
            frame.WriteTo(_sent);
        try
        {
            await socket.SendAsync(_sent.WrittenMemory, json ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception ex) when (IsEnd(ex))
        {
            throw new ConnectionLostException(CloseCode, ex);
        }
    }

    public async ValueTask<ServerFrame?> ReceiveAsync()
    {
        try
        {
            _received.ResetWrittenCount();
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(_received.GetMemory(512), CancellationToken.None);
                _received.Advance(part.Count);
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                return null;
            }
        }
        catch (Exception ex) when (IsEnd(ex))
        {
            throw new ConnectionLostException(CloseCode, ex);
        }

        return json
            ? Parser.Parse<ServerFrame>(Encoding.UTF8.GetString(_received.WrittenSpan))
            : ServerFrame.Parser.ParseFrom(_received.WrittenSpan);
    }

    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsEnd(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException;
}
