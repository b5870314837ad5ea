using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;
using WebChat.Clients;
using WebChat.Tests.Actors.Persistence.Encryption;

namespace WebChat.Tests.Edge;

/// <summary>The Edge is killed during the deletion of an account, and restarted.</summary>
public sealed class ErasureCrashTests
{
    // The traces of the steps of an erasure, in order: the kill comes when a trace appears, or a little later.
    [Theory]
    [InlineData("SELECT count(*) FROM journal WHERE manifest = 'erasure.requested.1'")]
    [InlineData("SELECT count(*) FROM journal WHERE manifest = 'account.deleted.1'")]
    [InlineData("SELECT count(*) FROM journal WHERE manifest = 'user.deleted.1'")]
    [InlineData("SELECT count(*) FROM journal WHERE manifest = 'matcher.withdrawn.1'")]
    [InlineData("SELECT count(*) FROM person_key WHERE secret = zeroblob(32)")]
    [InlineData("SELECT count(*) FROM journal WHERE manifest = 'room.member-left.1'")]
    [InlineData("SELECT count(*) FROM journal WHERE manifest = 'erasure.done.1'")]
    public async Task An_erasure_interrupted_by_a_kill_is_completed(string step)
    {
        await using var edge = await EdgeProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = edge.Web };
        using var api = new ChatApi(edge.Web);
        var bob = await api.SignUpAsync("Bob", V1.Profile.Types.Gender.Male);
        var ann = (await Call(http, HttpMethod.Post, "/v1/auth/signup", null, """{"username": "Zanzibar_78", "password": "correct horse", "nickname": "Quetzalcoatl"}""")).As<V1.Credentials>();
        await Call(http, HttpMethod.Patch, "/v1/profile", ann.AccessToken, """{"bio": "I breed axolotls", "birthDate": "1990-01-02", "gender": "FEMALE", "preferredGenders": ["OTHER"]}""");
        var room = (await Call(http, HttpMethod.Post, "/v1/rooms", ann.AccessToken, """{"name": "Tea", "capacity": 5, "open": true}""")).As<V1.Room>();
        await Call(http, HttpMethod.Post, $"/v1/rooms/{room.RoomId}:join", bob.AccessToken, "");
        (await Call(http, HttpMethod.Post, $"/v1/rooms/{room.RoomId}/messages", ann.AccessToken, """{"clientId": "1", "text": "Popocatepetl"}""")).As<V1.Ack>();
        (await Call(http, HttpMethod.Post, "/v1/match:search", ann.AccessToken, "")).As<V1.SearchState>();

        var deleting = Call(http, HttpMethod.Delete, "/v1/auth/account", ann.AccessToken, """{"password": "correct horse"}""");
        await Until(edge, step);
        await edge.KillAsync();
        try
        {
            await deleting;
        }
        catch (HttpRequestException)
        {
            // The server was killed before it could answer.
        }

        await edge.RestartAsync();
        await Until(edge, "SELECT count(*) FROM journal WHERE manifest = 'erasure.done.1'");
        Assert.Equal(HttpStatusCode.Unauthorized, (await Call(http, HttpMethod.Post, "/v1/auth/login", null, """{"username": "Zanzibar_78", "password": "correct horse"}""")).Status);
        Assert.All(await api.GetMessagesAsync(bob.AccessToken, room.RoomId), message => Assert.Equal(("", true), (message.Text, message.Removed)));
        await edge.StopAsync();
        Assert.Empty(DataFiles.WithAnyOf(edge.DataDirectory, "Zanzibar_78", "zanzibar_78", "Quetzalcoatl", "I breed axolotls", "Popocatepetl"));
    }

    private static async Task Until(EdgeProcess edge, string query)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(edge.DataDirectory, "webchat.db")};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((long)command.ExecuteScalar()! == 0)
            await Task.Delay(1, patience.Token);
    }

    private static async Task<JsonAnswer> Call(HttpClient http, HttpMethod method, string path, string? token, string json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return await JsonAnswer.Read(await http.SendAsync(request));
    }
}
