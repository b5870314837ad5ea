using Grpc.Core;
using WebChat.V1;

namespace WebChat.Tests.Edge.Sessions;

/// <summary>What a client must have and do to stay in a session, over both transports.</summary>
public sealed class SessionTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private const string Json = "webchat.v1.json";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_token_of_an_ended_login_opens_no_session()
    {
        var ann = await server.SignUp();
        (await server.Call("POST", "/v1/auth/logout", $$"""{"refreshToken": "{{ann.RefreshToken}}"}""")).As<LogOutResponse>();

        using var socket = await ChatSocket.Connect(server.Web, [Json]);
        await socket.Send(Hello(ann));
        Assert.Equal("unauthenticated", (await socket.ReceiveAnswer("hello")).Error.Code);
        Assert.Equal(4401, await socket.ReceiveClose());

        using var stream = new ChatService.ChatServiceClient(server.Channel).Connect(deadline: DateTime.UtcNow + Patience);
        await stream.RequestStream.WriteAsync(Hello(ann));
        Assert.True(await stream.ResponseStream.MoveNext(default));
        Assert.Equal("unauthenticated", stream.ResponseStream.Current.Error.Code);
        var ended = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(default));
        Assert.Equal((StatusCode.Unauthenticated, "4401"), (ended.StatusCode, ended.Trailers.GetValue("webchat-close-code")));
    }

    [Fact]
    public async Task A_user_above_the_limit_of_hellos_is_closed_and_told_when_to_return()
    {
        await using var strict = await EdgeServer.Start(("WebChat:Limits:MessageBurst", "2"), ("WebChat:Limits:MessagesPerSecond", "1"));
        var (ann, bob) = (await strict.SignUp("Ann"), await strict.SignUp("Bob"));

        // Each transport has a new allowance of frames.
        ServerFrame answer;
        do
        {
            using var socket = await ChatSocket.Connect(strict.Web, [Json]);
            await socket.Send(Hello(ann));
            answer = await socket.ReceiveAnswer("hello");
            if (answer.Error is not null)
                Assert.Equal(4429, await socket.ReceiveClose());
        }
        while (answer.Welcome is not null);

        Assert.Equal("rate_limited", answer.Error!.Code);
        Assert.InRange(answer.Error.RetryAfterMs, 1, 1_000);
        (await Enter(strict, bob)).Item1.Dispose();
    }

    [Fact]
    public async Task A_client_that_presents_no_fresh_token_is_closed_and_comes_back_with_one()
    {
        await using var brief = await EdgeServer.Start(("WebChat:Auth:AccessTokenLifetime", "00:00:01"), ("WebChat:Sessions:TokenGrace", "00:00:01"));
        var ann = await brief.SignUp();
        var (socket, welcome) = await Enter(brief, ann);
        using (socket)
            Assert.Equal(4401, await socket.ReceiveClose());

        using var back = await ChatSocket.Connect(brief.Web, [Json]);
        await back.Send(Hello(await Refresh(brief, ann), welcome.SessionId));
        Assert.True((await back.ReceiveAnswer("hello")).Welcome.Resumed);
    }

    [Theory]
    [InlineData(Json)]
    [InlineData("webchat.v1.proto")]
    public async Task A_fresh_token_of_the_same_login_is_taken(string protocol)
    {
        var ann = await server.SignUp();
        var (socket, _) = await Enter(server, ann, protocol);
        using (socket)
        {
            await socket.Send(new ClientFrame { Id = "1", Renew = new() { AccessToken = (await Refresh(server, ann)).AccessToken } });
            Assert.Equal(new Ack(), (await socket.ReceiveAnswer("1")).Ack);
        }
    }

    [Fact]
    public async Task A_token_that_is_not_good_renews_nothing_and_the_session_goes_on()
    {
        var (socket, _) = await Enter(server, await server.SignUp());
        using (socket)
        {
            await socket.Send(new ClientFrame { Id = "bad", Renew = new() { AccessToken = "a.b.c" } });
            Assert.Equal(("unauthenticated", "access_token"), Named((await socket.ReceiveAnswer("bad")).Error));
            await socket.Send(new ClientFrame { Id = "other", Renew = new() { AccessToken = (await server.SignUp()).AccessToken } });
            Assert.Equal("permission_denied", (await socket.ReceiveAnswer("other")).Error.Code);
            await socket.Send(new ClientFrame { Id = new string('x', 65), Renew = new() });
            Assert.Equal(("invalid_argument", "id"), Named((await socket.Receive(frame => frame.Error is not null)).Error));
        }
    }

    [Fact]
    public async Task Frames_sent_behind_the_hello_are_answered_behind_the_welcome()
    {
        var ann = await server.SignUp();
        using var socket = await ChatSocket.Connect(server.Web, [Json]);
        await socket.Send(Hello(ann));
        await socket.Send(new ClientFrame { Id = "1", Ping = new() });
        await socket.Send(new ClientFrame { Id = "2", Search = new() });

        Assert.NotNull((await socket.Receive())?.Welcome);
        Assert.Equal("1", (await socket.Receive())?.ReplyTo);
        Assert.Equal("2", (await socket.Receive())?.ReplyTo);
    }

    [Fact]
    public async Task A_refused_hello_cannot_be_followed_by_a_better_one()
    {
        var ann = await server.SignUp();
        using var socket = await ChatSocket.Connect(server.Web, [Json]);
        await socket.Send(new ClientFrame { Id = "bad", Hello = new() { AccessToken = "a.b.c" } });
        await socket.Send(Hello(ann));

        Assert.Equal("bad", (await socket.Receive())?.ReplyTo);
        Assert.Null(await socket.Receive());
        Assert.Equal(4401, (int?)socket.CloseStatus);
    }

    // One client could once hold any number of connections open for nothing.
    [Fact]
    public async Task Connections_of_one_address_that_have_not_said_hello_are_limited()
    {
        await using var strict = await EdgeServer.Start(("WebChat:Limits:GreetingsPerAddress", "2"));
        var ann = await strict.SignUp();
        using var first = await ChatSocket.Connect(strict.Web, [Json]);
        using var second = await ChatSocket.Connect(strict.Web, [Json]);
        await Assert.ThrowsAnyAsync<Exception>(() => ChatSocket.Connect(strict.Web, [Json]));
        using var stream = new ChatService.ChatServiceClient(strict.Channel).Connect(deadline: DateTime.UtcNow + Patience);
        var refused = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(default));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);

        await first.Send(Hello(ann));
        Assert.NotNull((await first.ReceiveAnswer("hello")).Welcome);

        using var third = await ChatSocket.Connect(strict.Web, [Json]);
        await third.Send(Hello(ann));
        Assert.NotNull((await third.ReceiveAnswer("hello")).Welcome);
    }

    [Fact]
    public async Task Connections_by_a_proxy_that_tells_no_addresses_are_not_limited()
    {
        await using var behind = await EdgeServer.Start(("WebChat:Limits:GreetingsPerAddress", "1"), ("WebChat:Proxies:0", "127.0.0.1"));
        using var first = await ChatSocket.Connect(behind.Web, [Json]);
        using var second = await ChatSocket.Connect(behind.Web, [Json]);
        Assert.Equal(Json, second.SubProtocol);
    }

    private static async Task<(ChatSocket Socket, Welcome Welcome)> Enter(EdgeServer server, Credentials user, string protocol = Json)
    {
        var socket = await ChatSocket.Connect(server.Web, [protocol]);
        return (socket, await socket.Hello(user));
    }

    private static (string Code, string Field) Named(Error error) => (error.Code, error.Field);

    private static ClientFrame Hello(Credentials user, string session = "") =>
        new() { Id = "hello", Hello = new() { AccessToken = user.AccessToken, SessionId = session } };

    private static async Task<Credentials> Refresh(EdgeServer server, Credentials user) =>
        (await server.Call("POST", "/v1/auth/refresh", $$"""{"refreshToken": "{{user.RefreshToken}}"}""")).As<Credentials>();
}
