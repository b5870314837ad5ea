using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WebChat.Clients;
using WebChat.V1;
using Kind = WebChat.V1.PushSubscription.Types.Kind;

namespace WebChat.Tests.Edge.Push;

/// <summary>Web Push over the whole Edge, against a push service that decrypts what it gets.</summary>
public sealed class PushTests : IAsyncLifetime
{
    private FakePushService _service = null!;
    private EdgeServer _server = null!;

    public async Task InitializeAsync()
    {
        _service = await FakePushService.StartAsync();
        _server = await EdgeServer.Start(
            ("WebChat:Push:Services:0", _service.Origin),
            ("WebChat:Push:Contact", "mailto:operator@webchat.example"),
            ("WebChat:Push:After", "00:00:00"),
            ("WebChat:Push:AtMostEvery", "00:00:00"));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_browser_without_a_connected_session_is_told_of_a_message_without_its_text()
    {
        var (owner, room) = await OpenGroup();
        var (_, browser) = await Member(room);

        await Post(owner, room, "a secret");

        var told = await browser.Notifications.ReadAsync();
        Assert.Equal("""{"kind":"message","count":1}""", told.Text);
        Assert.Equal("aes128gcm", told.Headers["Content-Encoding"]);
        Assert.Equal(("message", "86400"), (told.Headers["Topic"], told.Headers["TTL"]));
    }

    [Fact]
    public async Task A_notification_is_signed_with_the_key_that_browsers_subscribe_with()
    {
        var (owner, room) = await OpenGroup();
        var (member, browser) = await Member(room);
        await Post(owner, room, "hello");
        var authorization = (await browser.Notifications.ReadAsync()).Headers["Authorization"];

        var (token, key) = (authorization.Split("t=")[1].Split(',')[0], authorization.Split("k=")[1].Split(',')[0]);
        var published = (await _server.Call("GET", "/v1/push/key", token: member.AccessToken)).As<PushKey>().PublicKey;
        Assert.Equal(published, key.TrimEnd('='));
        var parts = token.Split('.');
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
        // The package leaves the port out, which the addresses of real push services do not have.
        Assert.Equal(("http://127.0.0.1", "mailto:operator@webchat.example"), (claims.GetProperty("aud").GetString(), claims.GetProperty("sub").GetString()));
        var point = Base64Url.DecodeFromChars(published);
        using var signer = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
        Assert.True(signer.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task A_connected_user_is_not_notified()
    {
        var (owner, room) = await OpenGroup();
        var (member, browser) = await Member(room);
        await using (var client = await _server.Connect(member))
        {
            await Post(owner, room, "while here");
            await client.NextAsync(frame => frame.Event?.MessagePosted is not null);
        }

        await owner.NextAsync(frame => frame.Presence is { Online: false });
        await Post(owner, room, "while away");
        await browser.Notifications.ReadAsync();
        Assert.False(browser.Notifications.TryRead(out _));
    }

    [Fact]
    public async Task Only_the_chosen_kinds_are_notified()
    {
        var (owner, room) = await OpenGroup();
        var (_, browser) = await Member(room, Kind.Call);
        var (_, other) = await Member(room, Kind.Message);

        await Post(owner, room, "hello");

        await other.Notifications.ReadAsync();
        Assert.False(browser.Notifications.TryRead(out _));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task A_subscription_that_the_push_service_has_forgotten_is_removed(HttpStatusCode status)
    {
        var (owner, room) = await OpenGroup();
        var (_, forgotten) = await Member(room, status);
        await IsNotifiedNoMore(owner, room, forgotten);
    }

    [Fact]
    public async Task A_subscription_ends_with_its_login()
    {
        var (owner, room) = await OpenGroup();
        var (member, browser) = await Member(room);
        await Post(owner, room, "hello");
        await browser.Notifications.ReadAsync();

        await _server.Call("POST", "/v1/auth/logout", $$"""{"refreshToken":"{{member.RefreshToken}}"}""");

        await IsNotifiedNoMore(owner, room, browser);
    }

    [Fact]
    public async Task A_subscription_ends_when_the_browser_says_so()
    {
        var (owner, room) = await OpenGroup();
        var (member, browser) = await Member(room);

        await _server.Call("DELETE", "/v1/push/subscription", token: member.AccessToken);

        await IsNotifiedNoMore(owner, room, browser);
        Assert.False(browser.Notifications.TryRead(out _));
    }

    [Fact]
    public async Task The_export_names_the_browsers_without_their_keys()
    {
        var (_, room) = await OpenGroup();
        var (member, browser) = await Member(room);

        var export = (await _server.Call("GET", "/v1/export", token: member.AccessToken)).Text;

        var named = JsonDocument.Parse(export).RootElement.GetProperty("notifications").EnumerateArray().Single();
        Assert.Equal(browser.Endpoint, named.GetProperty("endpoint").GetString());
        Assert.False(named.TryGetProperty("auth", out _));
    }

    [Theory]
    [InlineData("endpoint", "https://evil.example/x")]
    [InlineData("endpoint", "http://localhost:1/x")]
    [InlineData("endpoint", "not an address")]
    [InlineData("endpoint", "")]
    [InlineData("p256dh", "AAAA")]
    [InlineData("p256dh", "BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("auth", "AAAA")]
    [InlineData("auth", "%%%")]
    public async Task An_unusable_subscription_is_refused(string field, string value)
    {
        var user = await _server.SignUp();
        var subscription = JsonSerializer.Deserialize<Dictionary<string, object>>(_service.Subscribe().Subscription(Kind.Message))!;
        subscription[field] = value;

        (await _server.Call("PUT", "/v1/push/subscription", JsonSerializer.Serialize(subscription), user.AccessToken)).IsError(400, "invalid_argument", field);
    }

    private async Task<(ChatClient Owner, Room Room)> OpenGroup()
    {
        var owner = await _server.SignUp("Owner");
        var client = await _server.Connect(owner);
        var room = (await _server.Call("POST", "/v1/rooms", """{"name":"Garden","capacity":10,"open":true}""", owner.AccessToken)).As<Room>();
        return (client, room);
    }

    private async Task<(Credentials, FakePushService.Browser)> Member(Room room, HttpStatusCode status) => await Member(room, _service.Subscribe(status), Kind.Message);

    private async Task<(Credentials, FakePushService.Browser)> Member(Room room, params Kind[] kinds) =>
        await Member(room, _service.Subscribe(), kinds.Length > 0 ? kinds : [Kind.Message]);

    private async Task<(Credentials, FakePushService.Browser)> Member(Room room, FakePushService.Browser browser, params Kind[] kinds)
    {
        var member = await _server.SignUp("Member");
        (await _server.Call("POST", $"/v1/rooms/{room.RoomId}:join", "{}", member.AccessToken)).As<Room>();
        (await _server.Call("PUT", "/v1/push/subscription", browser.Subscription(kinds), member.AccessToken)).As<SubscribePushResponse>();
        return (member, browser);
    }

    private static async Task Post(ChatClient client, Room room, string text)
    {
        var answer = await client.RequestAsync(new() { Send = new() { RoomId = room.RoomId, ClientId = Guid.NewGuid().ToString("N"), Text = text } });
        Assert.NotNull(answer.Ack);
    }

    /// <summary>Another browser is notified of each message; this one soon of none.</summary>
    private async Task IsNotifiedNoMore(ChatClient owner, Room room, FakePushService.Browser browser)
    {
        var (_, other) = await Member(room);
        for (var isNotified = true; isNotified;)
        {
            await Post(owner, room, "hello");
            await other.Notifications.ReadAsync();
            isNotified = browser.Notifications.TryRead(out _);
        }
    }
}
