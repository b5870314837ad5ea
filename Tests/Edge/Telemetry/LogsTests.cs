using System.Net.Http.Headers;
using Microsoft.Data.Sqlite;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge.Telemetry;

public sealed class LogsTests
{
    private const string Password = "hidden password 1";

    [Fact]
    public async Task Production_logs_JSON_lines_without_personal_data()
    {
        await using var edge = await EdgeProcess.StartAsync(
            ("environment", "Production"), ("WebChat:Auth:BcryptWorkFactor", "10"), ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Akka", "Trace"),
            ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"));
        using var api = new ChatApi(edge.Web);
        using var http = new HttpClient { BaseAddress = edge.Web };
        var ann = await SignUp(api, "hidden_name_1", "HiddenNick1", Profile.Types.Gender.Female, Profile.Types.Gender.Male);
        var bob = await SignUp(api, "hidden_name_2", "HiddenNick2", Profile.Types.Gender.Male, Profile.Types.Gender.Female);
        await using var annClient = await edge.ConnectAsync(ChatTransport.Json);
        await using var bobClient = await edge.ConnectAsync(ChatTransport.Grpc);
        await annClient.HelloAsync(ann.AccessToken);
        await bobClient.HelloAsync(bob.AccessToken);
        await annClient.RequestAsync(new() { Search = new() { Mode = Mode.Chat } });
        await bobClient.RequestAsync(new() { Search = new() { Mode = Mode.Chat } });
        var room = (await annClient.NextAsync(frame => frame.Match is not null)).Match.Room;
        var sent = await annClient.RequestAsync(new() { Send = new() { RoomId = room.RoomId, ClientId = "1", Text = "hidden text 1" } });
        await annClient.RequestAsync(new() { Edit = new() { RoomId = room.RoomId, MessageId = sent.Ack.MessageId, Text = "hidden text 2" } });

        // What is refused must not be logged either.
        var messages = $"/v1/rooms/{room.RoomId}/messages";
        await Send(401, HttpMethod.Post, "/v1/auth/login", """{"username": "hidden_name_1", "password": "hidden password 2"}""");
        await Send(401, HttpMethod.Post, "/v1/auth/login", """{"username": "hidden_name_3", "password": "hidden password 2"}""");
        await Send(401, HttpMethod.Post, "/v1/auth/refresh", """{"refreshToken": "hidden token"}""");
        await Send(400, HttpMethod.Post, messages, """{"clientId": "2", "text": "hidden text 3" """, ann.AccessToken);
        await Send(401, HttpMethod.Post, messages, """{"clientId": "2", "text": "hidden text 4"}""", "hidden token");
        var partner = room.Members.Single(member => member.Nickname == "HiddenNick2").MemberId;
        await Send(200, HttpMethod.Post, "/v1/reports", $$"""{"roomId": "{{room.RoomId}}", "memberId": "{{partner}}", "reason": "SPAM", "comment": "hidden comment"}""", ann.AccessToken);
        await using (var stranger = await edge.ConnectAsync(ChatTransport.Binary))
            await Assert.ThrowsAnyAsync<Exception>(() => stranger.HelloAsync("hidden token"));
        var renewed = await api.RefreshAsync(ann.RefreshToken);
        await Send(200, HttpMethod.Delete, "/v1/auth/account", $$"""{"password": "{{Password}}"}""", renewed.AccessToken);
        // Bob's account cannot be recovered any more.
        await edge.StopAsync();
        Damage(edge.DatabaseFile);
        await edge.RestartAsync();
        await Send(503, HttpMethod.Post, "/v1/auth/login", $$"""{"username": "hidden_name_2", "password": "{{Password}}"}""");
        await edge.StopAsync();

        var lines = edge.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("WebChat is ", StringComparison.Ordinal)).ToList();
        Assert.All(lines, line => Assert.True(line.StartsWith("{\"Timestamp\":", StringComparison.Ordinal), line));
        Assert.Contains(lines, line => line.Contains("\"TraceId\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("stopped by failure", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("hidden", StringComparison.OrdinalIgnoreCase));
        foreach (var token in (string[])[ann.AccessToken, ann.RefreshToken, renewed.AccessToken, renewed.RefreshToken, bob.AccessToken])
            Assert.DoesNotContain(lines, line => line.Contains(token, StringComparison.Ordinal));

        async Task Send(int status, HttpMethod method, string path, string json, string? token = null)
        {
            using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, new MediaTypeHeaderValue("application/json")) };
            if (token is not null)
                request.Headers.Authorization = new("Bearer", token);
            using var answer = await http.SendAsync(request);
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    private static void Damage(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE journal SET message = X'FF' WHERE persistence_id LIKE 'account-%'; DELETE FROM snapshot";
        command.ExecuteNonQuery();
    }

    private static async Task<Credentials> SignUp(ChatApi api, string username, string nickname, Profile.Types.Gender gender, Profile.Types.Gender preferred)
    {
        var user = await api.SignUpAsync(username, Password, nickname);
        await api.UpdateProfileAsync(user.AccessToken, new() { BirthDate = "1990-01-02", Gender = gender, PreferredGenders = { preferred }, Bio = "hidden bio" });
        return user;
    }
}
