using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using WebChat.V1;

namespace WebChat.Clients;

internal sealed class GrpcTransport : IFrameTransport
{
    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<ClientFrame, ServerFrame> _call;

    private GrpcTransport(GrpcChannel channel)
    {
        _channel = channel;
        _call = new ChatService.ChatServiceClient(channel).Connect();
    }

    public int? CloseCode { get; private set; }

    public static async Task<IFrameTransport> ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        var channel = GrpcChannel.ForAddress(server);
        await channel.ConnectAsync(cancellationToken);
        return new GrpcTransport(channel);
    }

    public async ValueTask SendAsync(ClientFrame frame)
    {
        try
        {
            await _call.RequestStream.WriteAsync(frame);
        }
        catch (Exception ex) when (ex is RpcException or InvalidOperationException)
        {
            throw new ConnectionLostException(CloseCode, ex);
        }
    }

    public async ValueTask<ServerFrame?> ReceiveAsync()
    {
        try
        {
            return await _call.ResponseStream.MoveNext(CancellationToken.None) ? _call.ResponseStream.Current : null;
        }
        catch (RpcException ex)
        {
            if (ex.Trailers.GetValue("webchat-close-code") is not { } code)
                throw new ConnectionLostException(closeCode: null, ex);
            CloseCode = int.Parse(code, CultureInfo.InvariantCulture);
            return null;
        }
    }

    public ValueTask DisposeAsync()
    {
        _call.Dispose();
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }
}
