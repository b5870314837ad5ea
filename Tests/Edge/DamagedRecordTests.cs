using System.Net;
using Akka.Actor;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>One damaged record once cost its member the lists of all rooms, and a page of history ended as an internal error.</summary>
public sealed class DamagedRecordTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private EdgeServer _server = null!;
    private Credentials _ann = null!;

    public async Task InitializeAsync()
    {
        _server = await EdgeServer.Start();
        _ann = await _server.SignUp("Ann");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("manifest = 'room.from-the-future.9'", HttpStatusCode.OK)]
    [InlineData("message = x'FFFFFF'", HttpStatusCode.ServiceUnavailable)]
    [InlineData("message = substr(message, 1, length(message) - 1) || CASE substr(message, -1) WHEN x'00' THEN x'01' ELSE x'00' END", HttpStatusCode.ServiceUnavailable)]
    public async Task A_damaged_room_is_unavailable_and_lists_have_the_others(string damage, HttpStatusCode history)
    {
        var (damaged, whole) = (await Open("Damaged"), await Open("Whole"));

        await Damage(damaged, damage);

        (await Get($"/v1/rooms/{damaged}")).IsError(503, "unavailable");
        // An event of an unknown kind is no message.
        Assert.Equal(history, (await Get($"/v1/rooms/{damaged}/messages")).Status);
        Assert.Equal(whole, Assert.Single((await Get("/v1/my/rooms")).As<ListMyRoomsResponse>().Rooms).RoomId);
        Assert.Equal(whole, Assert.Single((await Get("/v1/rooms")).As<ListRoomsResponse>().Rooms).RoomId);
        Assert.Single((await Get($"/v1/rooms/{whole}/messages")).As<ListMessagesResponse>().Messages);
    }

    [Fact]
    public async Task Lists_of_damaged_rooms_only_are_unavailable()
    {
        await Damage(await Open("Damaged"), "message = x'FFFFFF'");

        (await Get("/v1/my/rooms")).IsError(503, "unavailable");
    }

    private async Task<string> Open(string name)
    {
        var room = (await _server.Call("POST", "/v1/rooms", $$"""{"name": "{{name}}", "capacity": 5, "open": true}""", _ann.AccessToken)).As<Room>();
        (await _server.Call("POST", $"/v1/rooms/{room.RoomId}/messages", """{"clientId": "1", "text": "hello"}""", _ann.AccessToken)).As<Ack>();
        return room.RoomId;
    }

    // The room reads its journal again when it is needed next.
    private async Task Damage(string room, string how)
    {
        await using var database = new SqliteConnection($"Data Source={Path.Combine(_server.DataDirectory, "webchat.db")};Pooling=false");
        await database.OpenAsync();
        await using var damage = database.CreateCommand();
        damage.CommandText = $"UPDATE journal SET {how} WHERE persistence_id = 'room-{room}' AND sequence_number = 2";
        Assert.Equal(1, await damage.ExecuteNonQueryAsync());
        var actor = await _server.Services.GetRequiredService<ActorSystem>().ActorSelection($"/user/rooms/{room}").ResolveOne(Patience);
        Assert.True(await actor.GracefulStop(Patience, Kill.Instance));
    }

    private Task<JsonAnswer> Get(string path) => _server.Call("GET", path, token: _ann.AccessToken);
}
