using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using WebChat.V1;

namespace WebChat.Tests.Edge.Commands;

public sealed class AdminCommandsTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task An_admin_is_granted_listed_and_revoked_and_a_ban_is_in_force_right_after_a_restart()
    {
        await using var edge = await EdgeProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = edge.Web };
        await Send<Credentials>(http, "/v1/auth/signup", new SignUpRequest { Username = "Root_1", Password = Password, Nickname = "Root" });
        var bob = await Send<Credentials>(http, "/v1/auth/signup", new SignUpRequest { Username = "bob_1", Password = Password, Nickname = "Bob" });
        await edge.StopAsync();

        Assert.Equal((0, "root_1 is an admin from the next login or token refresh on."), await Run(edge, "admin", "grant", "root_1"));
        await edge.RestartAsync();
        Assert.Equal((0, "Root_1"), await Run(edge, "admin", "list"));
        var root = await LogIn(http, "root_1");
        var ban = $$"""{"userId": "{{bob.User.UserId}}", "until": "{{DateTimeOffset.UtcNow.AddDays(1).UtcDateTime:O}}"}""";
        Assert.Equal(200, await Status(http, HttpMethod.Post, "/v1/admin/bans", root, ban));
        await edge.KillAsync();

        await edge.RestartAsync();
        Assert.Equal(403, await Status(http, HttpMethod.Get, "/v1/profile", bob));
        Assert.Equal(200, await Status(http, HttpMethod.Get, "/v1/admin/bans", root));
        root = await LogIn(http, "root_1");
        Assert.Equal(200, await Status(http, HttpMethod.Get, "/v1/admin/bans", root));
        await edge.StopAsync();

        Assert.Equal((0, "root_1 is not an admin from the next login or token refresh on."), await Run(edge, "admin", "revoke", "root_1"));
        Assert.Equal((0, "nothing"), await Run(edge, "admin", "list"));
        await edge.RestartAsync();
        Assert.Equal(403, await Status(http, HttpMethod.Get, "/v1/admin/bans", await LogIn(http, "root_1")));
    }

    [Theory]
    [InlineData("grant", "unknown_1", "unknown_1: Unknown user name.")]
    [InlineData("revoke", "unknown_1", "unknown_1: Unknown user name.")]
    [InlineData("grant", "no body", "'no body' is not a valid user name.")]
    public async Task A_name_without_an_account_is_refused_in_one_line(string verb, string username, string line)
    {
        using var data = new Folder();

        var (code, lines) = await EdgeProcess.RunAsync([], "admin", verb, username, $"--WebChat:DataDirectory={data.Path}");

        Assert.Equal((1, line), (code, lines[^1]));
    }

    [Fact]
    public async Task Admins_cannot_be_granted_while_a_server_runs()
    {
        await using var edge = await EdgeProcess.StartAsync();

        Assert.Equal((1, $"Another server or command uses the data directory {edge.DataDirectory}. Stop it first."), await Run(edge, "admin", "grant", "ann_1"));
    }

    private static async Task<(int ExitCode, string Output)> Run(EdgeProcess edge, params string[] arguments)
    {
        var (code, lines) = await edge.RunAsync(arguments);
        return (code, lines.LastOrDefault("nothing"));
    }

    private static Task<Credentials> LogIn(HttpClient http, string username) =>
        Send<Credentials>(http, "/v1/auth/login", new LogInRequest { Username = username, Password = Password });

    private static async Task<T> Send<T>(HttpClient http, string path, IMessage body)
        where T : IMessage, new()
    {
        using var content = new StringContent(JsonFormatter.Default.Format(body), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
        return JsonParser.Default.Parse<T>(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<int> Status(HttpClient http, HttpMethod verb, string path, Credentials caller, string? json = null)
    {
        using var request = new HttpRequestMessage(verb, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", caller.AccessToken);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
