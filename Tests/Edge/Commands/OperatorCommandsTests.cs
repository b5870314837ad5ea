using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using WebChat.Clients;
using WebChat.Tests.Edge.Telemetry;

namespace WebChat.Tests.Edge.Commands;

/// <summary>The commands for operators: <c>journal</c>, <c>user</c> and <c>doctor</c>.</summary>
public sealed class OperatorCommandsTests
{
    [Fact]
    public async Task The_journal_is_printed_and_verified_while_the_server_runs()
    {
        await using var edge = await EdgeProcess.StartAsync();
        await using var talk = await Talk.Begin(edge.Web, edge.Grpc);
        await talk.Say("a secret");

        var (code, lines) = await edge.RunAsync("journal", "cat", talk.RoomId);
        Assert.Equal((0, 3), (code, lines.Length));
        Assert.DoesNotContain(lines, line => line.Contains("Ann", StringComparison.Ordinal) || line.Contains("secret", StringComparison.Ordinal));
        Assert.Equal(["room.member-joined.1", "room.member-joined.1", "room.message-posted.1"], lines.Select(line => Field(line, "manifest").GetString()));

        (code, lines) = await edge.RunAsync("journal", "cat", talk.RoomId, "--decrypt");
        Assert.Equal((0, "a secret"), (code, Field(lines[2], "event").GetProperty("text").GetString()));

        (code, lines) = await edge.RunAsync("journal", "verify");
        Assert.Equal(0, code);
        Assert.StartsWith("The journal has no fault: ", Assert.Single(lines));
    }

    [Theory]
    [InlineData("journal cat here", "'here' is not a room id.")]
    [InlineData("journal cat 01a2037c72ad73e38484a9c0ae162d99", "The journal has no room 01a2037c72ad73e38484a9c0ae162d99.")]
    [InlineData("user export ann_1 {0}/ann.json", "Unknown user name.")]
    [InlineData("user delete ann_1", "Unknown user name.")]
    [InlineData("user delete a!", "'a!' is not a valid user name.")]
    public async Task What_does_not_exist_is_answered_in_one_line(string arguments, string expected)
    {
        using var data = new Folder();
        var storage = $"--WebChat:DataDirectory={data.Path}";
        await EdgeProcess.RunAsync([], "migrate", storage);

        var (code, lines) = await EdgeProcess.RunAsync([], [.. string.Format(null, arguments, data.Path).Split(' '), storage]);

        Assert.Equal((1, expected), (code, Assert.Single(lines)));
        Assert.False(File.Exists(Path.Combine(data.Path, "ann.json")));
    }

    [Fact]
    public async Task A_user_is_exported_and_deleted_while_the_server_is_stopped()
    {
        await using var edge = await EdgeProcess.StartAsync();
        using var folder = new Folder();
        var file = Path.Combine(folder.Path, "ann.json");
        using var api = new ChatApi(edge.Web);
        var ann = await api.SignUpAsync("ann_1", "correct horse", "Anna");
        await edge.StopAsync();

        Assert.Equal((0, $"Exported the data of ann_1 to {file}."), Result(await edge.RunAsync("user", "export", "ann_1", file)));
        using (var export = JsonDocument.Parse(await File.ReadAllTextAsync(file)))
            Assert.Equal(("ann_1", "Anna"), (export.RootElement.GetProperty("username").GetString(), export.RootElement.GetProperty("profile").GetProperty("nickname").GetString()));
        Assert.Equal((1, $"{file} already exists."), Result(await edge.RunAsync("user", "export", "ann_1", file)));

        Assert.Equal((0, "The account ann_1 is deleted."), Result(await edge.RunAsync("user", "delete", "ann_1")));
        await edge.RestartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<ApiException>(() => api.LogInAsync("ann_1", "correct horse"))).Status);
        Assert.NotEqual(ann.User.UserId, (await api.SignUpAsync("ann_1", "another horse", "Other")).User.UserId);
    }

    [Fact]
    public async Task The_doctor_checks_a_running_and_a_stopped_server()
    {
        await using var edge = await EdgeProcess.StartAsync();
        var (code, lines) = await edge.RunAsync("doctor");
        Assert.True(code == 0, string.Join('\n', lines));
        Assert.All(lines, line => Assert.StartsWith("ok ", line));
        Assert.Contains($"ok      endpoint Web: http://127.0.0.1:{edge.WebPort}/ answers", lines);
        Assert.Equal((0, "Healthy"), Result(await edge.RunAsync("health")));
        await edge.StopAsync();
        Assert.Equal(1, (await edge.RunAsync("health")).ExitCode);

        using (var other = new TcpListener(IPAddress.Loopback, edge.WebPort))
        {
            other.Start();
            (code, lines) = await edge.RunAsync("doctor");
        }

        Assert.Equal((1, "1 checks failed."), (code, lines[^1]));
        Assert.StartsWith("FAILED  endpoint Web: ", Assert.Single(lines, line => !line.StartsWith("ok ", StringComparison.Ordinal) && line != lines[^1]));
        Assert.Contains($"ok      endpoint Grpc: http://127.0.0.1:{edge.GrpcPort}/ is free", lines);
    }

    private static (int ExitCode, string Output) Result((int ExitCode, string[] Lines) ended) => (ended.ExitCode, string.Join('\n', ended.Lines));

    private static JsonElement Field(string line, string name) => JsonDocument.Parse(line).RootElement.GetProperty(name);
}
