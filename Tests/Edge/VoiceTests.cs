using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using WebChat.Clients;
using WebChat.V1;
using Kind = WebChat.V1.Signal.Types.Kind;

namespace WebChat.Tests.Edge;

/// <summary>Voice calls, over the whole Edge.</summary>
public sealed class VoiceTests
{
    [Fact]
    public async Task A_WebSocket_client_calls_a_gRPC_client()
    {
        await using var server = await EdgeServer.Start();
        var (ann, bob) = (await Seeker(server, "Ann"), await Seeker(server, "Bob"));
        await using var anns = await server.Connect(ann, ChatTransport.Json);
        await using var bobs = await server.Connect(bob, ChatTransport.Grpc);
        await anns.RequestAsync(new() { Search = new() { Mode = Mode.Voice } });
        await bobs.RequestAsync(new() { Search = new() { Mode = Mode.Voice } });
        var room = (await bobs.NextAsync(frame => frame.Match is not null)).Match.Room;
        Assert.Equal(Mode.Voice, room.Mode);

        await anns.NextAsync(frame => frame.Match is not null);
        Assert.NotNull((await anns.RequestAsync(Signal(room, Kind.Offer, "offer"))).Ack);
        Assert.Equal("offer", (await bobs.NextAsync(frame => frame.Signal is not null)).Signal.Payload);
        Assert.NotNull((await bobs.RequestAsync(Signal(room, Kind.Answer, "answer"))).Ack);
        Assert.Equal("answer", (await anns.NextAsync(frame => frame.Signal is not null)).Signal.Payload);
        Assert.NotNull((await bobs.RequestAsync(Signal(room, Kind.Candidate, "candidate"))).Ack);
        Assert.Equal("candidate", (await anns.NextAsync(frame => frame.Signal is not null)).Signal.Payload);
        var call = (await server.Call("GET", $"/v1/rooms/{room.RoomId}", token: ann.AccessToken)).As<Room>().Call;
        Assert.Equal(Call.Types.State.Active, call.State);
        Assert.NotNull((await anns.RequestAsync(Signal(room, Kind.HangUp, ""))).Ack);
        Assert.Equal(CallEnded.Types.Reason.HungUp, (await bobs.NextAsync(frame => frame.Event?.CallEnded is not null)).Event.CallEnded.Reason);

        Assert.NotNull((await bobs.RequestAsync(Signal(room, Kind.Offer, "offer"))).Ack);
        Assert.Equal(Kind.Offer, (await anns.NextAsync(frame => frame.Signal is not null)).Signal.Kind);
        Assert.NotNull((await anns.RequestAsync(Signal(room, Kind.HangUp, ""))).Ack);
        Assert.Equal(CallEnded.Types.Reason.Declined, (await bobs.NextAsync(frame => frame.Event?.CallEnded is not null)).Event.CallEnded.Reason);
        var late = (await bobs.RequestAsync(Signal(room, Kind.Candidate, "candidate", call.CallId))).Error;
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

    private static ClientFrame Signal(Room room, Kind kind, string payload, string call = "") =>
        new() { Signal = new() { RoomId = room.RoomId, Kind = kind, Payload = payload, CallId = call } };
}
