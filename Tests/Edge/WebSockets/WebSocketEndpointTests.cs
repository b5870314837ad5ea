using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge.WebSockets;

public class WebSocketEndpointTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private const string Json = "webchat.v1.json";
    private const string Proto = "webchat.v1.proto";

    [Theory]
    [InlineData("", null)]
    [InlineData(Json, Json)]
    [InlineData(Proto, Proto)]
    [InlineData("webchat.v2.json,webchat.v1.proto,webchat.v1.json", Proto)]
    public async Task The_first_known_sub_protocol_is_used(string offered, string? spoken)
    {
        using var socket = await ChatSocket.Connect(server.Web, offered.Split(',', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(spoken, socket.SubProtocol);
        Assert.NotEmpty((await socket.Hello(await server.SignUp())).SessionId);
    }

    [Fact]
    public async Task A_client_without_a_known_sub_protocol_is_refused() =>
        await Assert.ThrowsAsync<WebSocketException>(() => ChatSocket.Connect(server.Web, ["webchat.v2.json"]));

    [Fact]
    public async Task A_plain_request_to_the_WebSocket_path_is_refused()
    {
        AssertProblem(400, "invalid_argument", await server.Call("GET", "/ws"));
        AssertProblem(400, "invalid_argument", await server.Call("POST", "/ws", "{}"));
    }

    [Theory]
    [InlineData("SELF", true)]
    [InlineData("https://chat.example", true)]
    [InlineData("https://chat.example:444", false)]
    [InlineData("http://chat.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://127.0.0.1.evil.example", false)]
    [InlineData("null", false)]
    public async Task Only_pages_of_this_server_and_of_allowed_origins_may_connect(string origin, bool allowed)
    {
        await using var choosy = await EdgeServer.Start(("WebChat:AllowedOrigins:0", "https://chat.example"));
        var connecting = ChatSocket.Connect(choosy.Web, [Json], origin == "SELF" ? choosy.Web.GetLeftPart(UriPartial.Authority) : origin);
        if (allowed)
            (await connecting).Dispose();
        else
            await Assert.ThrowsAsync<WebSocketException>(() => connecting);
    }

    [Fact]
    public async Task A_refused_origin_gets_the_reason()
    {
        using var http = new HttpClient { BaseAddress = server.Web };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ws")
        {
            Headers =
            {
                { "Connection", "Upgrade" },
                { "Upgrade", "websocket" },
                { "Sec-WebSocket-Version", "13" },
                { "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==" },
                { "Origin", "https://evil.example" },
            },
        };
        AssertProblem(403, "permission_denied", await JsonAnswer.Read(await http.SendAsync(request)));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"id": 1}""")]
    public async Task An_unreadable_frame_closes_the_socket(string text)
    {
        using var socket = await ChatSocket.Connect(server.Web, [Json]);
        await socket.Send(text);
        Assert.Equal(4400, await socket.ReceiveClose());
    }

    [Fact]
    public async Task Messages_of_the_other_encodings_kind_close_the_socket()
    {
        using var json = await ChatSocket.Connect(server.Web, [Json]);
        await json.Send([0x0a, 0x01, 0x31], WebSocketMessageType.Binary);
        Assert.Equal(4400, await json.ReceiveClose());

        using var proto = await ChatSocket.Connect(server.Web, [Proto]);
        await proto.Send("{}");
        Assert.Equal(4400, await proto.ReceiveClose());
    }

    [Fact]
    public async Task A_frame_of_64_KiB_is_accepted_and_a_byte_more_closes_the_socket()
    {
        using var socket = await ChatSocket.Connect(server.Web, [Json]);
        await socket.Hello(await server.SignUp());
        await socket.Send("""{"id": "1", "ping": {}}""".PadRight(64 * 1024));
        Assert.NotNull((await socket.ReceiveAnswer("1")).Pong);
        await socket.SendInParts("""{"id": "2", "ping": {}}""".PadRight(64 * 1024), 1_000);
        Assert.NotNull((await socket.ReceiveAnswer("2")).Pong);
        await socket.Send("""{"id": "3", "ping": {}}""".PadRight(64 * 1024 + 1));
        Assert.Equal(1009, await socket.ReceiveClose());
    }

    [Fact]
    public async Task A_huge_message_closes_the_socket_before_it_is_received()
    {
        using var socket = await ChatSocket.Connect(server.Web, [Json]);
        await socket.SendInParts(new string(' ', 1 << 20), 1 << 14);
        Assert.Equal(1009, await socket.ReceiveClose());
    }

    [Fact]
    public async Task An_unknown_frame_is_answered_and_the_socket_stays_open()
    {
        using var socket = await ChatSocket.Connect(server.Web, [Json]);
        await socket.Hello(await server.SignUp());
        await socket.Send("""{"id": "1", "dance": {}}""");
        Assert.Equal("invalid_argument", (await socket.ReceiveAnswer("1")).Error.Code);
        await socket.Send("""{"id": "2", "ping": {}}""");
        Assert.NotNull((await socket.ReceiveAnswer("2")).Pong);
    }

    [Fact]
    public async Task A_bad_token_is_answered_and_closes_the_socket()
    {
        await using var client = await server.Open(ChatTransport.Json);
        Assert.Equal("unauthenticated", (await client.RequestAsync(new() { Hello = new() { AccessToken = "a.b.c" } })).Error.Code);
        Assert.Equal(4401, await client.ClosedAsync());
    }

    [Fact]
    public async Task A_close_frame_is_answered()
    {
        using var socket = await ChatSocket.Connect(server.Web, [Json]);
        await socket.Hello(await server.SignUp());
        Assert.Equal(1000, await socket.Close());
    }

    [Fact]
    public async Task A_client_that_vanished_can_resume_its_session()
    {
        var user = await server.SignUp();
        var gone = await server.Connect(user);
        await gone.DisposeAsync();

        await using var again = await server.Open(ChatTransport.Json);
        var welcome = await again.HelloAsync(user.AccessToken, gone.SessionId);
        Assert.Equal((true, gone.SessionId), (welcome.Resumed, welcome.SessionId));
    }

    [Fact]
    public async Task Two_searching_users_meet_and_talk_each_in_a_different_encoding()
    {
        var (al, bo) = (await server.SignUp("Al"), await server.SignUp("Bo"));
        foreach (var user in new[] { al, bo })
            (await server.Call("PATCH", "/v1/profile", """{"birthDate": "1990-01-02", "gender": "OTHER"}""", user.AccessToken)).As<Profile>();
        await using var als = await server.Connect(al, ChatTransport.Json);
        await using var bos = await server.Connect(bo, ChatTransport.Binary);
        await als.RequestAsync(new() { Search = new() { Mode = Mode.Voice } });
        await bos.RequestAsync(new() { Search = new() { Mode = Mode.Voice } });
        var room = (await als.NextAsync(frame => frame.Match is not null)).Match.Room;
        Assert.Equal(room.RoomId, (await bos.NextAsync(frame => frame.Match is not null)).Match.Room.RoomId);

        var ack = (await als.RequestAsync(new() { Send = new() { RoomId = room.RoomId, ClientId = "1", Text = "hello ☕" } })).Ack;
        var heard = (await bos.NextAsync(frame => frame.Event?.MessagePosted is not null)).Event;
        Assert.Equal((ack.Seq, ack.MessageId, "hello ☕"), (heard.Seq, heard.MessagePosted.MessageId, heard.MessagePosted.Text));
    }

    [Fact]
    public async Task A_client_that_does_not_answer_the_servers_close_is_cut_off()
    {
        using var socket = await RawWebSocket.Connect(server);
        await socket.WriteFrame(RawWebSocket.Text, (byte)'{');

        Assert.Equal(4400, await socket.ReadClose());
        await Assert.ThrowsAnyAsync<IOException>(socket.ReadFrame);
    }

    // Clients once saw these connections reset, without a code, and reconnected to send the same again.
    [Theory]
    [InlineData("invalid UTF-8", new byte[] { 0x81, 0x84, 0, 0, 0, 0, (byte)'{', 0xff, 0xfe, (byte)'}' }, 1007)]
    [InlineData("half a character", new byte[] { 0x81, 0x82, 0, 0, 0, 0, 0xe2, 0x82 }, 1007)]
    [InlineData("unmasked", new byte[] { 0x81, 0x06, (byte)'{', 0x20, 0x20, 0x20, 0x20, (byte)'}' }, 1002)]
    [InlineData("reserved bit", new byte[] { 0xa1, 0x82, 0, 0, 0, 0, (byte)'{', (byte)'}' }, 1002)]
    [InlineData("reserved opcode", new byte[] { 0x83, 0x81, 0, 0, 0, 0, (byte)'x' }, 1002)]
    [InlineData("continuation of nothing", new byte[] { 0x80, 0x81, 0, 0, 0, 0, (byte)'x' }, 1002)]
    [InlineData("ping in parts", new byte[] { 0x09, 0x81, 0, 0, 0, 0, (byte)'x' }, 1002)]
    [InlineData("ping of 126 bytes", new byte[] { 0x89, 0xfe, 0, 126, 0, 0, 0, 0, (byte)'x' }, 1002)]
    [InlineData("unmasked, and more behind it", new byte[] { 0x81, 0x06, (byte)'{', 0x20, 0x20, 0x20, 0x20, (byte)'}', 0x81, 0x82, 0, 0, 0, 0, (byte)'{', (byte)'}', 0x81, 0x82, 0, 0, 0, 0, (byte)'{', (byte)'}' }, 1002)]
    [InlineData("close with one byte", new byte[] { 0x88, 0x81, 0, 0, 0, 0, 3 }, 1002)]
    public async Task A_frame_that_RFC_6455_forbids_closes_the_socket_with_its_code(string what, byte[] bytes, int code)
    {
        using var socket = await RawWebSocket.Connect(server);
        await socket.Write(bytes);

        Assert.Equal((what, code), (what, await socket.ReadClose()));
        await Assert.ThrowsAnyAsync<IOException>(socket.ReadFrame);
    }

    [Fact]
    public async Task The_code_of_a_forbidden_frame_arrives_although_the_client_goes_on_sending()
    {
        using var socket = await RawWebSocket.Connect(server);
        byte[] broken = [0x81, 0x82, 0, 0, 0, 0, 0xe2, 0x82];
        byte[] next = [0x81, 0xfe, 0x40, 0x00, 0, 0, 0, 0, .. new byte[0x4000]];

        await socket.Write([.. broken, .. Enumerable.Repeat(next, 100).SelectMany(bytes => bytes)]);

        Assert.Equal(1007, await socket.ReadClose());
        await Assert.ThrowsAnyAsync<IOException>(socket.ReadFrame);
    }

    [Fact]
    public async Task A_client_that_only_answers_the_servers_pings_stays_connected()
    {
        await using var quick = await EdgeServer.Start(("WebChat:Sessions:Heartbeat", "00:00:01"));
        using var socket = await RawWebSocket.Connect(quick);
        await Hello(socket, await quick.SignUp());

        for (var pings = 0; pings < 4;)
        {
            var (first, payload) = await socket.ReadFrame();
            if (first != RawWebSocket.Ping)
                continue;
            await socket.WriteFrame(RawWebSocket.Pong, payload);
            pings++;
        }

        await socket.WriteFrame(RawWebSocket.Text, [.. """{"ping": {}}"""u8]);
        while (!Encoding.UTF8.GetString((await socket.ReadFrame()).Payload).Contains("pong", StringComparison.Ordinal))
        {
        }
    }

    [Fact]
    public async Task A_client_that_does_not_answer_the_servers_ping_is_disconnected()
    {
        await using var quick = await EdgeServer.Start(("WebChat:Sessions:Heartbeat", "00:00:01"));
        var caller = await quick.SignUp();
        using var socket = await RawWebSocket.Connect(quick);
        await Hello(socket, caller);

        var frames = new List<byte>();
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
                frames.Add((await socket.ReadFrame()).First);
        });
        Assert.Contains(RawWebSocket.Ping, frames);
    }

    [Fact]
    public async Task A_stopping_server_tells_its_clients_to_reconnect()
    {
        var stopping = await EdgeServer.Start();
        await using var client = await stopping.Connect(await stopping.SignUp());

        var stopped = stopping.DisposeAsync().AsTask();
        Assert.InRange((await client.NextAsync(frame => frame.GoAway is not null)).GoAway.ReconnectAfterMs, 0, 10_000);
        Assert.Equal(1001, await client.ClosedAsync());
        await stopped.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static void AssertProblem(int status, string code, JsonAnswer answer)
    {
        Assert.Equal((status, "application/problem+json"), ((int)answer.Status, answer.Response.Content.Headers.ContentType?.MediaType));
        using var problem = JsonDocument.Parse(answer.Text);
        Assert.Equal((status, code), (problem.RootElement.GetProperty("status").GetInt32(), problem.RootElement.GetProperty("code").GetString()));
        Assert.NotEmpty(problem.RootElement.GetProperty("detail").GetString()!);
    }

    private static Task Hello(RawWebSocket socket, Credentials caller)
    {
        var hello = Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(new ClientFrame { Hello = new() { AccessToken = caller.AccessToken } }));
        return socket.Write([RawWebSocket.Text, 0xfe, (byte)(hello.Length >> 8), (byte)hello.Length, 0, 0, 0, 0, .. hello]);
    }
}
