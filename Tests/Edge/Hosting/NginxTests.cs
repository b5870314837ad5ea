using System.Net.Http.Headers;
using System.Net.WebSockets;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using WebChat.Edge.Limits;
using WebChat.Tests.Requires;
using WebChat.V1;

namespace WebChat.Tests.Edge.Hosting;

/// <summary>The example configuration of nginx, tried with nginx itself.</summary>
public sealed class NginxTests
{
    // Neither the server nor nginx itself has these addresses.
    private const string Here = "127.0.0.2";
    private const string There = "127.0.0.3";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [NginxFact]
    public async Task WebSockets_pass_with_frames_of_every_size_and_stay_open_while_silent()
    {
        await using var edge = await EdgeServer.Start(("WebChat:Proxies:0", "127.0.0.1"), ("WebChat:Sessions:Heartbeat", "00:00:01"));
        await using var nginx = await NginxServer.Start(edge, idle: "3s");
        var user = await edge.SignUp();
        using var patience = new CancellationTokenSource(Patience);
        using var socket = await Connect(nginx.Address, patience.Token);
        await Ask(socket, new() { Id = "1", Hello = new() { AccessToken = user.AccessToken } }, patience.Token);

        // Unknown fields are passed over, so a frame may have any size up to the limit.
        var frame = new ClientFrame { Id = "2", Ping = new() }.ToByteArray();
        var padding = new byte[SizeLimits.Frame - frame.Length - 5];
        using (var padded = new MemoryStream())
        {
            padded.Write(frame);
            // Field 1000 with a length of three bytes.
            padded.Write([0xC2, 0x3E, (byte)((padding.Length & 0x7F) | 0x80), (byte)(((padding.Length >> 7) & 0x7F) | 0x80), (byte)(padding.Length >> 14)]);
            padded.Write(padding);
            Assert.Equal(SizeLimits.Frame, padded.Length);
            Assert.NotNull((await AskRaw(socket, padded.ToArray(), patience.Token)).Pong);
        }

        // Longer than nginx lets a silent connection be: the server's pings, which the client answers while it reads, keep it open.
        var next = Receive(socket, patience.Token);
        await Task.Delay(TimeSpan.FromSeconds(4));
        await socket.SendAsync(new ClientFrame { Id = "3", Ping = new() }.ToByteArray(), WebSocketMessageType.Binary, true, patience.Token);
        Assert.NotNull((await next).Pong);

        await socket.SendAsync(new byte[SizeLimits.Frame + 1], WebSocketMessageType.Binary, true, patience.Token);
        await socket.ReceiveAsync(new byte[1024], patience.Token);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.CloseStatus);
    }

    [NginxFact]
    public async Task GRPC_calls_and_streams_pass()
    {
        await using var edge = await EdgeServer.Start(("WebChat:Proxies:0", "127.0.0.1"));
        await using var nginx = await NginxServer.Start(edge, idle: "60s");
        using var channel = GrpcChannel.ForAddress(nginx.Address, new() { HttpHandler = NginxServer.From(Here) });
        var user = await new AuthService.AuthServiceClient(channel).SignUpAsync(new() { Username = EdgeServer.NewName(), Password = "password", Nickname = "User" });
        using var patience = new CancellationTokenSource(Patience);

        using var stream = new ChatService.ChatServiceClient(channel).Connect(cancellationToken: patience.Token);
        await stream.RequestStream.WriteAsync(new() { Id = "1", Hello = new() { AccessToken = user.AccessToken } });
        Assert.True(await stream.ResponseStream.MoveNext(patience.Token));
        Assert.NotNull(stream.ResponseStream.Current.Welcome);
        await stream.RequestStream.WriteAsync(new() { Id = "2", Ping = new() });
        Assert.True(await stream.ResponseStream.MoveNext(patience.Token));
        Assert.NotNull(stream.ResponseStream.Current.Pong);

        await stream.RequestStream.CompleteAsync();
        Assert.False(await stream.ResponseStream.MoveNext(patience.Token));
        Assert.Equal(StatusCode.OK, stream.GetStatus().StatusCode);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await new UserService.UserServiceClient(channel).GetProfileAsync(new()));
        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
    }

    [NginxFact]
    public async Task Limits_count_by_the_address_of_the_client_which_it_cannot_forge()
    {
        await using var edge = await EdgeServer.Start(("WebChat:Proxies:0", "127.0.0.1"), ("WebChat:Limits:SignUpsPerHour", "1"));
        await using var nginx = await NginxServer.Start(edge, idle: "60s");

        Assert.Equal(200, await SignUp(nginx.Address, Here));
        Assert.Equal(429, await SignUp(nginx.Address, Here));
        Assert.Equal(429, await SignUp(nginx.Address, Here, claimed: "203.0.113.9"));
        Assert.Equal(200, await SignUp(nginx.Address, There));
    }

    private static async Task<int> SignUp(Uri server, string from, string? claimed = null)
    {
        using var http = new HttpClient(NginxServer.From(from)) { BaseAddress = server };
        var body = JsonFormatter.Default.Format(new SignUpRequest { Username = EdgeServer.NewName(), Password = "password", Nickname = "User" });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/auth/signup") { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        if (claimed is not null)
            request.Headers.Add("X-Forwarded-For", claimed);
        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private static async Task<ClientWebSocket> Connect(Uri server, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("webchat.v1.proto");
        using var invoker = new HttpMessageInvoker(NginxServer.From(Here));
        await socket.ConnectAsync(new UriBuilder(server) { Scheme = "wss", Path = "/ws" }.Uri, invoker, cancellationToken);
        return socket;
    }

    private static Task<ServerFrame> Ask(ClientWebSocket socket, ClientFrame frame, CancellationToken cancellationToken) => AskRaw(socket, frame.ToByteArray(), cancellationToken);

    private static async Task<ServerFrame> AskRaw(ClientWebSocket socket, byte[] frame, CancellationToken cancellationToken)
    {
        await socket.SendAsync(frame, WebSocketMessageType.Binary, true, cancellationToken);
        return await Receive(socket, cancellationToken);
    }

    private static async Task<ServerFrame> Receive(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[SizeLimits.Frame];
        var answer = await socket.ReceiveAsync(buffer, cancellationToken);
        return ServerFrame.Parser.ParseFrom(buffer, 0, answer.Count);
    }
}
