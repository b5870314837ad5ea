using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>Admins are made and unmade at the command line.</summary>
public sealed class AdminOptionTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task An_admin_is_made_and_unmade_at_the_command_line_and_a_ban_holds_right_after_a_restart()
    {
        await using var edge = await EdgeProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = edge.Web };
        await Send<Credentials>(http, "/v1/auth/signup", new SignUpRequest { Username = "Root_1", Password = Password, Nickname = "Root" });
        var bob = await Send<Credentials>(http, "/v1/auth/signup", new SignUpRequest { Username = "bob_1", Password = Password, Nickname = "Bob" });
        await edge.StopAsync();

        await edge.RestartAsync("--admin", "root_1");
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

        await edge.RestartAsync("--no-admin", "root_1");
        Assert.Equal(403, await Status(http, HttpMethod.Get, "/v1/admin/bans", await LogIn(http, "root_1")));
    }

    [Theory]
    [InlineData("--admin=nobody_1", "--admin nobody_1: There is no account of this name.")]
    [InlineData("--no-admin=nobody_1", "--no-admin nobody_1: There is no account of this name.")]
    [InlineData("--admin=no body", "--admin: 'no body' is no user name.")]
    public async Task Who_has_no_account_is_not_made_an_admin_and_the_start_ends_by_saying_so(string option, string message)
    {
        await using var edge = await EdgeProcess.StartAsync();
        await edge.StopAsync();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => edge.RestartAsync(option));

        Assert.Contains("The Edge ended with 1", failure.Message);
        Assert.Contains(message, failure.Message);
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

    private static async Task<int> Status(HttpClient http, HttpMethod verb, string path, Credentials who, string? json = null)
    {
        using var request = new HttpRequestMessage(verb, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", who.AccessToken);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
