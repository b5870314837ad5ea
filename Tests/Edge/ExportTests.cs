using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using WebChat.Tests.Edge.Pictures;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>People take along what is theirs, over both edges.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private EdgeServer _server = null!;

    public async Task InitializeAsync() => _server = await EdgeServer.Start(("WebChat:Limits:MessageBurst", "1000"));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_export_has_all_that_is_ones_own_and_nothing_that_others_wrote(bool overGrpc)
    {
        var (ann, bob) = (await _server.SignUp("Ann"), await _server.SignUp("Bob"));
        (await _server.Call("PATCH", "/v1/profile", """{"bio": "I breed axolotls"}""", ann.AccessToken)).As<Profile>();
        var tea = (await _server.Call("POST", "/v1/rooms", """{"name": "Tea", "capacity": 5, "open": true}""", ann.AccessToken)).As<Room>();
        await _server.Call("POST", $"/v1/rooms/{tea.RoomId}:join", token: bob.AccessToken);
        // More than one page of history.
        for (var i = 1; i <= 205; i++)
            (await _server.Call("POST", $"/v1/rooms/{tea.RoomId}/messages", $$"""{"clientId": "{{i}}", "text": "mine {{i}}"}""", ann.AccessToken)).As<Ack>();
        (await _server.Call("POST", $"/v1/rooms/{tea.RoomId}/messages", """{"clientId": "1", "text": "theirs"}""", bob.AccessToken)).As<Ack>();
        await _server.Call("POST", $"/v1/rooms/{tea.RoomId}:leave", token: ann.AccessToken);

        using var export = JsonDocument.Parse(await Read(ann, overGrpc));

        var root = export.RootElement;
        Assert.Equal((ann.User.UserId, ann.User.Username), (root.GetProperty("userId").GetString(), root.GetProperty("username").GetString()));
        Assert.Equal("I breed axolotls", root.GetProperty("profile").GetProperty("bio").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("picture").ValueKind);
        Assert.True(Assert.Single(root.GetProperty("sessions").EnumerateArray()).GetProperty("current").GetBoolean());
        var room = Assert.Single(root.GetProperty("rooms").EnumerateArray());
        Assert.Equal((tea.RoomId, "Tea", "GROUP"), (room.GetProperty("roomId").GetString(), room.GetProperty("name").GetString(), room.GetProperty("kind").GetString()));
        Assert.Equal(Enumerable.Range(1, 205).Reverse().Select(i => $"mine {i}"), room.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("text").GetString()));
        Assert.DoesNotContain("theirs", root.GetRawText());
    }

    [Fact]
    public async Task An_export_has_the_picture_as_it_is_stored()
    {
        var who = await _server.SignUp();
        var users = new UserService.UserServiceClient(_server.Channel);
        await users.SetAvatarAsync(new() { Image = new() { Data = ByteString.CopyFrom(TestPicture.Quarters().In("png")) } }, Bearer(who));
        var stored = await users.GetAvatarAsync(new(), Bearer(who));

        using var export = JsonDocument.Parse(await Read(who, overGrpc: false));

        var exported = export.RootElement.GetProperty("picture");
        Assert.Equal("image/webp", exported.GetProperty("mediaType").GetString());
        Assert.Equal(stored.Data.ToByteArray(), exported.GetProperty("data").GetBytesFromBase64());
    }

    [Fact]
    public async Task An_export_is_a_file_for_who_is_logged_in_only()
    {
        var who = await _server.SignUp();

        var answer = await _server.Call("GET", "/v1/export", token: who.AccessToken);

        Assert.Equal("attachment; filename=\"webchat.json\"", answer.Response.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal("application/json", answer.Response.Content.Headers.ContentType?.ToString());
        (await _server.Call("GET", "/v1/export")).IsError(401, "unauthenticated");
        (await _server.Call("DELETE", "/v1/auth/account", """{"password": "password"}""", who.AccessToken)).As<DeleteAccountResponse>();
        (await _server.Call("GET", "/v1/export", token: who.AccessToken)).IsError(401, "unauthenticated");
        using var refused = new UserService.UserServiceClient(_server.Channel).ExportData(new(), Bearer(who));
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => refused.ResponseStream.MoveNext(default))).StatusCode);
    }

    private static Metadata Bearer(Credentials who) => new() { { "authorization", $"Bearer {who.AccessToken}" } };

    private async Task<string> Read(Credentials who, bool overGrpc)
    {
        if (!overGrpc)
            return (await _server.Call("GET", "/v1/export", token: who.AccessToken)).Text;
        using var call = new UserService.UserServiceClient(_server.Channel).ExportData(new(), Bearer(who));
        using var document = new MemoryStream();
        await foreach (var piece in call.ResponseStream.ReadAllAsync())
            piece.Data.WriteTo(document);
        return System.Text.Encoding.UTF8.GetString(document.ToArray());
    }
}
