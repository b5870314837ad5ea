using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using WebChat.V1;
using Kind = WebChat.V1.Signal.Types.Kind;

namespace WebChat.Tests.Edge;

/// <summary>Voice calls, over the whole Edge.</summary>
public sealed class VoiceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_WebSocket_client_calls_a_gRPC_client()
    {
        await using var server = await EdgeServer.Start();
        var (ann, bob) = (await Seeker(server, "Ann"), await Seeker(server, "Bob"));
        using var socket = (await ChatSocket.Hello(server, ann)).Socket;
        using var stream = new ChatService.ChatServiceClient(server.Channel).Connect(deadline: DateTime.UtcNow + Patience);
        await stream.RequestStream.WriteAsync(new() { Hello = new() { AccessToken = bob.AccessToken } });
        await socket.Send(new ClientFrame { Id = "search", Search = new() { Mode = Mode.Voice } });
        await socket.ReceiveAnswer("search");
        await stream.RequestStream.WriteAsync(new() { Search = new() { Mode = Mode.Voice } });
        var room = (await Read(stream, frame => frame.Match is not null)).Match.Room;
        Assert.Equal(Mode.Voice, room.Mode);

        await socket.Receive(frame => frame.Match is not null);
        await socket.Send(Signal(room, "1", Kind.Offer, "offer"));
        Assert.NotNull((await socket.ReceiveAnswer("1")).Ack);
        Assert.Equal("offer", (await Read(stream, frame => frame.Signal is not null)).Signal.Payload);
        await stream.RequestStream.WriteAsync(Signal(room, "2", Kind.Answer, "answer"));
        Assert.Equal("answer", (await socket.Receive(frame => frame.Signal is not null)).Signal.Payload);
        await stream.RequestStream.WriteAsync(Signal(room, "3", Kind.Candidate, "candidate"));
        Assert.Equal("candidate", (await socket.Receive(frame => frame.Signal is not null)).Signal.Payload);
        var call = (await server.Call("GET", $"/v1/rooms/{room.RoomId}", token: ann.AccessToken)).As<Room>().Call;
        Assert.Equal(Call.Types.State.Active, call.State);
        await socket.Send(Signal(room, "4", Kind.HangUp, ""));
        Assert.Equal(CallEnded.Types.Reason.HungUp, (await Read(stream, frame => frame.Event?.CallEnded is not null)).Event.CallEnded.Reason);

        await stream.RequestStream.WriteAsync(Signal(room, "5", Kind.Offer, "offer"));
        Assert.Equal(Kind.Offer, (await socket.Receive(frame => frame.Signal is not null)).Signal.Kind);
        await socket.Send(Signal(room, "6", Kind.HangUp, ""));
        Assert.Equal(CallEnded.Types.Reason.Declined, (await Read(stream, frame => frame.Event?.CallEnded is not null)).Event.CallEnded.Reason);
        await stream.RequestStream.WriteAsync(Signal(room, "7", Kind.Candidate, "candidate", call.CallId));
        var late = (await Read(stream, frame => frame.ReplyTo == "7")).Error;
        Assert.Equal(("failed_precondition", "call_id"), (late.Code, late.Field));
    }

    [Fact]
    public async Task ICE_servers_are_sent_to_logged_in_callers_over_both_protocols()
    {
        await using var server = await EdgeServer.Start(
            ("WebChat:Voice:IceServers:0:Urls:0", "stun:stun.example"),
            ("WebChat:Voice:IceServers:1:Urls:0", "turn:turn.example"),
            ("WebChat:Voice:IceServers:1:Username", "webchat"),
            ("WebChat:Voice:IceServers:1:Credential", "password"));
        var caller = await server.SignUp();
        var voice = new VoiceService.VoiceServiceClient(server.Channel);

        var told = await voice.GetIceServersAsync(new(), new Metadata { { "authorization", $"Bearer {caller.AccessToken}" } });

        Assert.Equal(["stun:stun.example", "turn:turn.example"], told.Servers.SelectMany(ice => ice.Urls));
        Assert.Equal(("webchat", "password"), (told.Servers[1].Username, told.Servers[1].Credential));
        Assert.Null(told.ExpiresAt);
        Assert.Equal(told, (await server.Call("GET", "/v1/ice-servers", token: caller.AccessToken)).As<IceServers>());
        (await server.Call("GET", "/v1/ice-servers")).IsError(401, "unauthenticated");
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(async () => await voice.GetIceServersAsync(new()))).StatusCode);
    }

    [Fact]
    public async Task A_password_from_the_shared_secret_expires()
    {
        await using var server = await EdgeServer.Start(
            ("WebChat:Voice:TurnSecret", "secret"),
            ("WebChat:Voice:TurnPasswordLifetime", "01:00:00"),
            ("WebChat:Voice:IceServers:0:Urls:0", "stun:stun.example"),
            ("WebChat:Voice:IceServers:1:Urls:0", "turn:turn.example"));
        var token = (await server.SignUp()).AccessToken;
        var asked = DateTimeOffset.UtcNow;

        var told = (await server.Call("GET", "/v1/ice-servers", token: token)).As<IceServers>();

        var (stun, turn) = (told.Servers[0], told.Servers[1]);
        Assert.Equal(("", ""), (stun.Username, stun.Credential));
        var expiresAt = told.ExpiresAt.ToDateTimeOffset();
        Assert.InRange(expiresAt, asked.AddHours(1).AddSeconds(-1), DateTimeOffset.UtcNow.AddHours(1));
        Assert.Equal(expiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), turn.Username);
        Assert.Equal(HMACSHA1.HashData(Encoding.UTF8.GetBytes("secret"), Encoding.UTF8.GetBytes(turn.Username)), Convert.FromBase64String(turn.Credential));
    }

    private static async Task<Credentials> Seeker(EdgeServer server, string nickname)
    {
        var caller = await server.SignUp(nickname);
        await server.Call("PATCH", "/v1/profile", """{"birthDate": "1990-01-02", "gender": "FEMALE"}""", caller.AccessToken);
        return caller;
    }

    private static ClientFrame Signal(Room room, string id, Kind kind, string payload, string call = "") =>
        new() { Id = id, Signal = new() { RoomId = room.RoomId, Kind = kind, Payload = payload, CallId = call } };

    private static async Task<ServerFrame> Read(AsyncDuplexStreamingCall<ClientFrame, ServerFrame> stream, Predicate<ServerFrame> meant)
    {
        while (await stream.ResponseStream.MoveNext(default))
        {
            if (meant(stream.ResponseStream.Current))
                return stream.ResponseStream.Current;
        }

        throw new InvalidOperationException("The stream has ended.");
    }
}
