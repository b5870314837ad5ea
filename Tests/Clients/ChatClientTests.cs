using System.Net;
using System.Net.WebSockets;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using WebChat.Clients;
using WebChat.Tests.Edge;
using WebChat.V1;

namespace WebChat.Tests.Clients;

public sealed class ChatClientTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    public static TheoryData<ChatTransport> Transports => [.. Enum.GetValues<ChatTransport>()];

    [Theory, MemberData(nameof(Transports))]
    public async Task A_resume_brings_what_was_missed(ChatTransport transport)
    {
        var (ann, bob) = (await server.SignUp("Ann"), await server.SignUp("Bob"));
        using var api = new ChatApi(server.Web);
        var room = (await api.CreateRoomAsync(ann.AccessToken, new() { Name = "Tea", Capacity = 2, Open = true })).RoomId;
        await using var anns = await server.Connect(ann, transport);
        var bobs = await server.Connect(bob, transport);
        Assert.Equal(room, (await bobs.RequestAsync(new() { Join = new() { RoomId = room } })).Room.RoomId);
        await bobs.DisposeAsync();

        var ack = (await anns.RequestAsync(new() { Send = new() { RoomId = room, ClientId = "1", Text = "hello" } })).Ack;

        await using var again = await server.Open(transport);
        Assert.True((await again.HelloAsync(bob.AccessToken, bobs.SessionId, bobs.Cursors)).Resumed);
        Assert.Equal((ack.Seq, "hello"), await again.NextAsync(frame => frame.Event?.MessagePosted is not null) is { Event: var e } ? (e.Seq, e.MessagePosted.Text) : default);
        Assert.Equal(["hello"], (await api.GetMessagesAsync(bob.AccessToken, room)).Select(message => message.Text));
    }

    [Theory, MemberData(nameof(Transports))]
    public async Task A_connection_that_the_server_closes_tells_its_code(ChatTransport transport)
    {
        var user = await server.SignUp();
        await using var first = await server.Connect(user, transport);
        await using var second = await server.Open(transport);
        await second.HelloAsync(user.AccessToken, first.SessionId);

        Assert.Equal(4409, await first.ClosedAsync());
        Assert.Equal(4409, (await Assert.ThrowsAsync<ConnectionLostException>(() => first.RequestAsync(new() { Ping = new() }))).CloseCode);
        Assert.Equal(4409, (await Assert.ThrowsAsync<ConnectionLostException>(() => first.NextAsync(frame => frame.Pong is not null))).CloseCode);
    }

    [Theory, MemberData(nameof(Transports))]
    public async Task A_connection_that_is_disposed_is_lost(ChatTransport transport)
    {
        var client = await server.Connect(await server.SignUp(), transport);
        await client.DisposeAsync();
        await Assert.ThrowsAsync<ConnectionLostException>(() => client.NextAsync(_ => false));
    }

    [Fact]
    public async Task An_account_is_created_logged_into_and_refreshed()
    {
        using var api = new ChatApi(server.Web);
        var name = EdgeServer.NewName();
        var user = (await api.SignUpAsync(name, "correct horse", "Ann")).User;

        var login = await api.LogInAsync(name, "correct horse");
        Assert.Equal(user, login.User);
        Assert.Equal(user, (await api.RefreshAsync(login.RefreshToken)).User);
        var refused = await Assert.ThrowsAsync<ApiException>(() => api.LogInAsync(name, "another horse"));
        Assert.Equal((HttpStatusCode.Unauthorized, null), (refused.Status, refused.RetryAfter));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_no_connection() =>
        await Assert.ThrowsAsync<WebSocketException>(() => ChatClient.ConnectAsync(new("http://127.0.0.1:1"), ChatTransport.Binary));

    [Fact]
    public async Task A_server_that_leaves_an_event_out_breaks_the_connection()
    {
        await using var broken = await Server(new() { Match = new() { Room = new() { RoomId = "r", LastSeq = 2 } } }, new() { Event = new() { RoomId = "r", Seq = 4 } });
        await using var client = await ChatClient.ConnectAsync(new(broken.Urls.Single()), ChatTransport.Binary);
        var lost = await Assert.ThrowsAsync<InvalidDataException>(() => client.NextAsync(frame => frame.Event is not null));
        Assert.Equal("Event 4 of room r came where 3 was due.", lost.Message);
    }

    [Fact]
    public async Task A_server_that_answers_to_nothing_breaks_the_connection()
    {
        await using var broken = await Server(new ServerFrame { ReplyTo = "7", Pong = new() });
        await using var client = await ChatClient.ConnectAsync(new(broken.Urls.Single()), ChatTransport.Binary);
        await Assert.ThrowsAsync<InvalidDataException>(() => client.NextAsync(_ => false));
    }

    // What no WebChat server does: frames of the test's choice, and nothing else.
    private static async Task<WebApplication> Server(params ServerFrame[] frames)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync("webchat.v1.proto");
            foreach (var frame in frames)
                await socket.SendAsync(frame.ToByteArray(), WebSocketMessageType.Binary, endOfMessage: true, context.RequestAborted);
            await socket.ReceiveAsync(new byte[1], context.RequestAborted);
        });
        await app.StartAsync();
        return app;
    }
}
