using Akka.Actor;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;
using Kind = WebChat.V1.Signal.Types.Kind;

namespace WebChat.Tests.Actors.Connections;

/// <summary>Signals of calls as frames.</summary>
public sealed class SignalTests : IAsyncLifetime, IDisposable
{
    private readonly ActorHost _host = ActorHost.Start();
    private UserId _annId;
    private UserId _bobId;
    private Client _ann = null!;
    private Client _bob = null!;
    private string _bobSession = "";
    private string _room = "";

    public async Task InitializeAsync()
    {
        (_annId, _bobId) = (await Client.NewUser(_host, "Ann"), await Client.NewUser(_host, "Bob"));
        (_ann, _) = await Client.Hello(_host, _annId);
        (_bob, var welcome) = await Client.Hello(_host, _bobId);
        _bobSession = welcome.SessionId;
        var room = await Client.Match(_ann, _bob, Mode.Voice);
        Assert.Equal(Mode.Voice, room.Mode);
        _room = room.RoomId;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task An_event_tells_of_a_call_before_the_signal_that_made_it()
    {
        var ack = (await _ann.Ask(Signal(Kind.Offer, "offer"))).Ack;

        var started = await _bob.ReadEvent();
        Assert.Equal(ack.Seq, started.Seq);
        var signal = (await _bob.Read(frame => frame.Signal is not null)).Signal;
        Assert.Equal((_room, Kind.Offer, "offer", started.CallStarted.CallId), (signal.RoomId, signal.Kind, signal.Payload, signal.CallId));
        Assert.Equal(started.CallStarted.ByMemberId, signal.MemberId);
    }

    [Fact]
    public async Task A_client_that_comes_back_while_it_rings_is_welcome_before_it_rings()
    {
        _bob.Break();
        await _ann.Read(frame => frame.Presence is { Online: false });
        await _ann.Ask(Signal(Kind.Offer, "offer"));

        var (again, welcome) = await Client.Hello(_host, _bobId, _bobSession);

        Assert.Equal(Call.Types.State.Ringing, Assert.Single(welcome.Rooms).Call.State);
        Assert.Equal("offer", (await again.Read(frame => frame.Signal is not null)).Signal.Payload);
    }

    [Theory]
    [InlineData(Kind.Unspecified, "offer", "invalid_argument", "kind")]
    [InlineData((Kind)9, "offer", "invalid_argument", "kind")]
    [InlineData(Kind.Offer, "", "invalid_argument", "payload")]
    [InlineData(Kind.HangUp, "bye", "invalid_argument", "payload")]
    [InlineData(Kind.Answer, "answer", "failed_precondition", "")]
    public async Task A_signal_that_cannot_be_is_refused(Kind kind, string payload, string code, string field)
    {
        var error = (await _ann.Ask(Signal(kind, payload))).Error;

        Assert.Equal((code, field), (error.Code, error.Field));
    }

    [Fact]
    public async Task A_payload_has_12_KiB_of_UTF_8_at_the_most()
    {
        Assert.NotNull((await _ann.Ask(Signal(Kind.Offer, new string('é', SignalPayload.MaxBytes / 2)))).Ack);

        var error = (await _ann.Ask(Signal(Kind.Offer, new string('é', (SignalPayload.MaxBytes / 2) + 1)))).Error;

        Assert.Equal(("too_large", "payload"), (error.Code, error.Field));
    }

    [Fact]
    public async Task A_group_has_no_calls_and_a_stranger_cannot_call()
    {
        var made = await _host.Region<UserRegion>().Ask<UserReplies.Entered>(new UserCommands.CreateRoom(_annId, "Tea", 3, true), TimeSpan.FromSeconds(10));
        var (cyd, _) = await Client.Hello(_host, await Client.NewUser(_host, "Cyd"));

        Assert.Equal("failed_precondition", (await _ann.Ask(Signal(Kind.Offer, "offer", made.RoomId.Value))).Error.Code);
        Assert.Equal("permission_denied", (await cyd.Ask(Signal(Kind.Offer, "offer"))).Error.Code);
        Assert.Equal("invalid_argument", (await cyd.Ask(Signal(Kind.Offer, "offer", "here"))).Error.Code);
    }

    [Fact]
    public async Task Signals_have_a_limit_of_their_own()
    {
        for (var i = 0; i < 60; i++)
            Assert.NotNull((await _ann.Ask(Signal(Kind.Offer, "offer"))).Ack);

        var refused = (await _ann.Ask(Signal(Kind.Offer, "offer"))).Error;

        Assert.Equal("rate_limited", refused.Code);
        Assert.InRange(refused.RetryAfterMs, 1, 1_000);
        Assert.NotNull((await _ann.Ask(new() { Send = new() { RoomId = _room, ClientId = "1", Text = "still there" } })).Ack);
        _host.Time.Advance(TimeSpan.FromMilliseconds(refused.RetryAfterMs));
        Assert.NotNull((await _ann.Ask(Signal(Kind.Offer, "offer"))).Ack);
    }

    private ClientFrame Signal(Kind kind, string payload, string? room = null) =>
        new() { Signal = new() { RoomId = room ?? _room, Kind = kind, Payload = payload } };
}
