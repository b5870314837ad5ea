using System.Net;
using Grpc.Core;
using WebChat.V1;

namespace WebChat.Tests.Edge.Services;

public class ChatServiceTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_token_comes_in_the_first_frame_or_as_metadata(bool inFrame)
    {
        var caller = await server.SignUp();
        using var call = Connect(inFrame ? null : caller.AccessToken);
        await call.RequestStream.WriteAsync(new() { Id = "1", Hello = new() { AccessToken = inFrame ? caller.AccessToken : "" } });
        var welcome = await Next(call);
        Assert.Equal(("1", caller.User.UserId), (welcome.ReplyTo, welcome.Welcome.UserId));

        await call.RequestStream.WriteAsync(new() { Id = "2", Ping = new() });
        Assert.Equal((ServerFrame.BodyOneofCase.Pong, "2"), await Next(call) is { } pong ? (pong.BodyCase, pong.ReplyTo) : default);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(default));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_bad_token_ends_the_stream_unauthenticated()
    {
        using var call = Connect(null);
        await call.RequestStream.WriteAsync(new() { Hello = new() { AccessToken = "a.b.c" } });
        await Ends(call, StatusCode.Unauthenticated, "4401");
    }

    [Fact]
    public async Task A_frame_over_64_KiB_ends_the_stream()
    {
        using var call = Connect(null);
        try
        {
            await call.RequestStream.WriteAsync(new() { Id = new string('a', 100 * 1024) });
        }
        catch (RpcException)
        {
            // The server has ended the stream while the frame was still in flight. The next step asks how.
        }

        await Ends(call, StatusCode.ResourceExhausted, "1009");
    }

    // A client that ends its input at once, such as grpcurl, once got no answer and OK, whatever it had sent.
    [Fact]
    public async Task Frames_are_answered_after_the_client_has_ended_its_input()
    {
        var caller = await server.SignUp();
        var room = (await server.Call("POST", "/v1/rooms", """{"name": "Tea", "capacity": 2}""", caller.AccessToken)).As<Room>();
        using var call = Connect(caller.AccessToken);
        await call.RequestStream.WriteAsync(new() { Id = "1", Hello = new() { Cursors = { [room.RoomId] = 0 } } });
        await call.RequestStream.WriteAsync(new() { Send = new() { RoomId = room.RoomId, ClientId = "1", Text = "said and gone" } });
        await call.RequestStream.WriteAsync(new() { Id = "3", Join = new() { RoomId = room.RoomId } });
        await call.RequestStream.CompleteAsync();

        var frames = new List<ServerFrame>();
        await foreach (var frame in call.ResponseStream.ReadAllAsync())
            frames.Add(frame);

        Assert.Contains(frames, frame => frame is { ReplyTo: "1", Welcome: not null });
        Assert.Contains(frames, frame => frame.Event?.MemberJoined is not null);
        Assert.Contains(frames, frame => frame.Ack is not null);
        Assert.Contains(frames, frame => frame is { ReplyTo: "3", Room: not null });
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Equal("said and gone", (await server.Call("GET", $"/v1/rooms/{room.RoomId}/messages", token: caller.AccessToken)).As<ListMessagesResponse>().Messages.Single().Text);
    }

    [Fact]
    public async Task A_bad_token_ends_the_stream_unauthenticated_although_the_client_has_ended_its_input()
    {
        using var call = Connect("a.b.c");
        await call.RequestStream.WriteAsync(new() { Hello = new() });
        await call.RequestStream.CompleteAsync();
        await Ends(call, StatusCode.Unauthenticated, "4401");
    }

    [Fact]
    public async Task A_stream_without_a_frame_ends_with_OK()
    {
        using var call = Connect(null);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(default));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task An_unreadable_frame_ends_the_stream()
    {
        // The service with raw bytes for a frame, which its own stub would never send.
        var bytes = Marshallers.Create<byte[]>(array => array, array => array);
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, "webchat.v1.ChatService", "Connect", bytes, bytes);
        using var call = server.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions(deadline: DateTime.UtcNow + Patience));
        await call.RequestStream.WriteAsync([0x0a, 0x7f]);
        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(default))
            {
            }
        });
        Assert.Equal((StatusCode.InvalidArgument, "4400"), (ended.StatusCode, ended.Trailers.GetValue("webchat-close-code")));
    }

    [Theory]
    [InlineData("0700000000", StatusCode.InvalidArgument, "4400")]
    [InlineData("0100000000", StatusCode.InvalidArgument, "4400")]
    [InlineData("00000000", StatusCode.InvalidArgument, "4400")]
    [InlineData("00ffffffff", StatusCode.ResourceExhausted, "1009")]
    public async Task An_unreadable_prefix_ends_the_stream(string prefix, StatusCode status, string closeCode)
    {
        using var http = new HttpClient { BaseAddress = server.Grpc };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webchat.v1.ChatService/Connect")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Convert.FromHexString(prefix)) { Headers = { ContentType = new("application/grpc") } },
        };

        using var response = await http.SendAsync(request);

        Assert.Equal(($"{(int)status}", closeCode), (response.Headers.GetValues("grpc-status").Single(), response.Headers.GetValues("webchat-close-code").Single()));
    }

    [Fact]
    public async Task A_stream_without_a_hello_in_time_ends_unauthenticated()
    {
        await using var quick = await EdgeServer.Start(("WebChat:Sessions:HelloTimeout", "00:00:01"));
        using var call = new ChatService.ChatServiceClient(quick.Channel).Connect(deadline: DateTime.UtcNow + Patience);
        await Ends(call, StatusCode.Unauthenticated, "4401");
    }

    private AsyncDuplexStreamingCall<ClientFrame, ServerFrame> Connect(string? token) => new ChatService.ChatServiceClient(server.Channel).Connect(
        token is null ? null : new Metadata { { "authorization", $"Bearer {token}" } }, DateTime.UtcNow + Patience);

    private static async Task<ServerFrame> Next(AsyncDuplexStreamingCall<ClientFrame, ServerFrame> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(default));
        return call.ResponseStream.Current;
    }

    private static async Task Ends(AsyncDuplexStreamingCall<ClientFrame, ServerFrame> call, StatusCode status, string closeCode)
    {
        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(default))
            {
            }
        });
        Assert.Equal((status, closeCode), (ended.StatusCode, ended.Trailers.GetValue("webchat-close-code")));
    }
}
