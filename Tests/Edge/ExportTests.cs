using System.Net;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using WebChat.Tests.Edge.Pictures;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>Data export, over both protocols.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private EdgeServer _server = null!;

    public async Task InitializeAsync() => _server = await EdgeServer.Start(("WebChat:Limits:MessageBurst", "1000"));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_export_has_all_data_of_the_user_and_nothing_that_others_wrote(bool overGrpc)
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
        var caller = await _server.SignUp();
        var users = new UserService.UserServiceClient(_server.Channel);
        await users.SetAvatarAsync(new() { Image = new() { Data = ByteString.CopyFrom(TestPicture.Quarters().In("png")) } }, Bearer(caller));
        var stored = await users.GetAvatarAsync(new(), Bearer(caller));

        using var export = JsonDocument.Parse(await Read(caller, overGrpc: false));

        var exported = export.RootElement.GetProperty("picture");
        Assert.Equal("image/webp", exported.GetProperty("mediaType").GetString());
        Assert.Equal(stored.Data.ToByteArray(), exported.GetProperty("data").GetBytesFromBase64());
    }

    [Fact]
    public async Task An_export_is_a_file_for_logged_in_callers_only()
    {
        var caller = await _server.SignUp();

        var answer = await _server.Call("GET", "/v1/export", token: caller.AccessToken);

        Assert.Equal("attachment; filename=\"webchat.json\"", answer.Response.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal("application/json", answer.Response.Content.Headers.ContentType?.ToString());
        (await _server.Call("GET", "/v1/export")).IsError(401, "unauthenticated");
        (await _server.Call("DELETE", "/v1/auth/account", """{"password": "password"}""", caller.AccessToken)).As<DeleteAccountResponse>();
        (await _server.Call("GET", "/v1/export", token: caller.AccessToken)).IsError(401, "unauthenticated");
        using var refused = new UserService.UserServiceClient(_server.Channel).ExportData(new(), Bearer(caller));
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => refused.ResponseStream.MoveNext(default))).StatusCode);
    }

    [Fact]
    public async Task An_export_marks_an_unreadable_room_and_has_the_rest()
    {
        var ann = await _server.SignUp();
        var rooms = new List<Room>();
        foreach (var name in new[] { "Damaged", "Whole" })
        {
            var room = (await _server.Call("POST", "/v1/rooms", $$"""{"name": "{{name}}", "capacity": 5, "open": true}""", ann.AccessToken)).As<Room>();
            (await _server.Call("POST", $"/v1/rooms/{room.RoomId}/messages", """{"clientId": "1", "text": "mine"}""", ann.AccessToken)).As<Ack>();
            rooms.Add(room);
        }

        await Damage($"UPDATE journal SET message = x'FFFFFF' WHERE persistence_id = 'room-{rooms[0].RoomId}' AND sequence_number = 2");

        using var export = JsonDocument.Parse(await Read(ann, overGrpc: false));

        var exported = export.RootElement.GetProperty("rooms").EnumerateArray()
            .ToDictionary(room => room.GetProperty("roomId").GetString()!, room => (room.GetProperty("complete").GetBoolean(), room.GetProperty("messages").GetArrayLength()));
        Assert.Equal((false, 0), exported[rooms[0].RoomId]);
        Assert.Equal((true, 1), exported[rooms[1].RoomId]);
    }

    [Fact]
    public async Task An_export_marks_an_unreadable_picture_and_has_the_rest()
    {
        var caller = await _server.SignUp("Ann");
        await new UserService.UserServiceClient(_server.Channel).SetAvatarAsync(new() { Image = new() { Data = ByteString.CopyFrom(TestPicture.Quarters().In("png")) } }, Bearer(caller));
        await Damage("UPDATE picture SET image = substr(image, 1, length(image) - 1) || CASE substr(image, -1) WHEN x'00' THEN x'01' ELSE x'00' END");

        using var export = JsonDocument.Parse(await Read(caller, overGrpc: false));

        Assert.False(export.RootElement.GetProperty("picture").GetProperty("complete").GetBoolean());
        Assert.Equal("Ann", export.RootElement.GetProperty("profile").GetProperty("nickname").GetString());
    }

    [Fact]
    public async Task A_user_may_export_a_few_times_an_hour()
    {
        await using var server = await EdgeServer.Start(("WebChat:Limits:ExportsPerHour", "1"));
        var (ann, bob) = (await server.SignUp("Ann"), await server.SignUp("Bob"));
        Assert.Equal(HttpStatusCode.OK, (await server.Call("GET", "/v1/export", token: ann.AccessToken)).Status);

        var refused = await server.Call("GET", "/v1/export", token: ann.AccessToken);

        refused.IsError(429, "rate_limited");
        Assert.InRange(refused.Response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, (await server.Call("GET", "/v1/export", token: bob.AccessToken)).Status);
    }

    private async Task Damage(string statement)
    {
        await using var database = new SqliteConnection($"Data Source={Path.Combine(_server.DataDirectory, "webchat.db")};Pooling=false");
        await database.OpenAsync();
        await using var damage = database.CreateCommand();
        damage.CommandText = statement;
        Assert.Equal(1, await damage.ExecuteNonQueryAsync());
    }

    private static Metadata Bearer(Credentials caller) => new() { { "authorization", $"Bearer {caller.AccessToken}" } };

    private async Task<string> Read(Credentials caller, bool overGrpc)
    {
        if (!overGrpc)
            return (await _server.Call("GET", "/v1/export", token: caller.AccessToken)).Text;
        using var call = new UserService.UserServiceClient(_server.Channel).ExportData(new(), Bearer(caller));
        using var document = new MemoryStream();
        await foreach (var piece in call.ResponseStream.ReadAllAsync())
            piece.Data.WriteTo(document);
        return System.Text.Encoding.UTF8.GetString(document.ToArray());
    }
}
