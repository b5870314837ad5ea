using System.Net;
using WebChat.V1;

namespace WebChat.Tests.Edge.Services;

public class AuthServiceTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    [Fact]
    public async Task A_sign_up_logs_in()
    {
        var name = EdgeServer.NewName();
        var credentials = (await Post("signup", $$"""{"username": "{{name}}", "password": "password", "nickname": " Al "}""")).As<Credentials>();

        Assert.Equal((name, "Al"), (credentials.User.Username, credentials.User.Nickname));
        Assert.InRange(credentials.AccessExpiresAt.ToDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(14), DateTimeOffset.UtcNow.AddMinutes(15));
        Assert.Equal("Al", (await server.Call("GET", "/v1/profile", token: credentials.AccessToken)).As<Profile>().Nickname);
    }

    [Fact]
    public async Task A_user_name_is_unique_without_regard_to_case()
    {
        var name = EdgeServer.NewName();
        await Post("signup", $$"""{"username": "{{name}}", "password": "password", "nickname": "Al"}""");
        (await Post("signup", $$"""{"username": "{{name.ToUpperInvariant()}}", "password": "password", "nickname": "Al"}"""))
            .IsError(409, "already_exists", "username");
    }

    [Theory]
    [InlineData("al", "password", "Al", "username")]
    [InlineData("a-lice", "password", "Al", "username")]
    [InlineData("a12345678901234567890", "password", "Al", "username")]
    [InlineData("alice_1", "seven..", "Al", "password")]
    [InlineData("alice_1", "", "Al", "password")]
    [InlineData("alice_1", "password", " ", "nickname")]
    [InlineData("alice_1", "password", "a\\u0007", "nickname")]
    [InlineData("alice_1", "password", "1234567890123456789012345678901", "nickname")]
    public async Task A_sign_up_names_its_invalid_field(string username, string password, string nickname, string field) =>
        (await Post("signup", $$"""{"username": "{{username}}", "password": "{{password}}", "nickname": "{{nickname}}"}""")).IsError(400, "invalid_argument", field);

    [Fact]
    public async Task A_login_returns_the_nickname_of_the_profile()
    {
        var signedUp = await server.SignUp("Old");
        (await server.Call("PATCH", "/v1/profile", """{"nickname": "New"}""", signedUp.AccessToken)).As<Profile>();

        var loggedIn = (await Post("login", $$"""{"username": "{{signedUp.User.Username}}", "password": "password"}""")).As<Credentials>();
        Assert.Equal((signedUp.User.UserId, "New"), (loggedIn.User.UserId, loggedIn.User.Nickname));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_user_get_the_same_answer()
    {
        var signedUp = await server.SignUp();
        var wrong = await Post("login", $$"""{"username": "{{signedUp.User.Username}}", "password": "passwort"}""");
        var unknown = await Post("login", """{"username": "nobody_at_all", "password": "passwort"}""");
        var impossible = await Post("login", """{"username": "not-a-name", "password": "short"}""");

        wrong.IsError(401, "unauthenticated");
        Assert.Equal(wrong.Text, unknown.Text);
        Assert.Equal(wrong.Text, impossible.Text);
    }

    [Fact]
    public async Task The_refresh_token_before_the_last_works_once_more_and_its_further_use_ends_the_login()
    {
        var first = await server.SignUp();
        var refresh = $$"""{"refreshToken": "{{first.RefreshToken}}"}""";
        var second = (await Post("refresh", refresh)).As<Credentials>();
        Assert.Equal(first.User, second.User);
        Assert.NotEqual(first.RefreshToken, second.RefreshToken);

        (await Post("refresh", refresh)).As<Credentials>();
        (await Post("refresh", refresh)).IsError(401, "unauthenticated", "refresh_token");
        (await Post("refresh", $$"""{"refreshToken": "{{second.RefreshToken}}"}""")).IsError(401, "unauthenticated", "refresh_token");
    }

    [Theory]
    [InlineData("refresh")]
    [InlineData("logout")]
    public async Task A_malformed_refresh_token_is_refused(string method)
    {
        (await Post(method, """{"refreshToken": "x"}""")).IsError(401, "unauthenticated", "refresh_token");
        (await Post(method, "{}")).IsError(401, "unauthenticated", "refresh_token");
    }

    [Fact]
    public async Task A_logged_out_client_cannot_refresh()
    {
        var credentials = await server.SignUp();
        var token = $$"""{"refreshToken": "{{credentials.RefreshToken}}"}""";
        Assert.Equal(HttpStatusCode.OK, (await Post("logout", token)).Status);
        (await Post("refresh", token)).IsError(401, "unauthenticated", "refresh_token");
    }

    [Theory]
    [InlineData("GET", "/v1/profile")]
    [InlineData("PATCH", "/v1/profile")]
    [InlineData("POST", "/v1/rooms")]
    [InlineData("GET", "/v1/rooms")]
    [InlineData("GET", "/v1/my/rooms")]
    [InlineData("GET", "/v1/rooms/x")]
    [InlineData("POST", "/v1/rooms/x:join")]
    [InlineData("POST", "/v1/rooms/x:leave")]
    [InlineData("POST", "/v1/rooms/x:end")]
    [InlineData("GET", "/v1/rooms/x/messages")]
    [InlineData("POST", "/v1/rooms/x/messages")]
    [InlineData("POST", "/v1/match:search")]
    [InlineData("POST", "/v1/match:cancel")]
    [InlineData("GET", "/v1/match")]
    public async Task All_other_methods_need_a_token(string method, string path)
    {
        var none = await server.Call(method, path, method == "GET" ? null : "{}");
        none.IsError(401, "unauthenticated");
        Assert.Equal("Bearer", none.Response.Headers.WwwAuthenticate.Single().Scheme);

        (await server.Call(method, path, method == "GET" ? null : "{}", "a.b.c")).IsError(401, "unauthenticated");
    }

    [Theory]
    [InlineData("SignUpsPerHour", "signup", """{"username": "NAME", "password": "password", "nickname": "Al"}""")]
    [InlineData("LogInsPerQuarterHour", "login", """{"username": "NAME", "password": "password"}""")]
    public async Task An_address_above_the_limit_is_told_when_to_retry(string limit, string method, string body)
    {
        await using var strict = await EdgeServer.Start(($"WebChat:Limits:{limit}", "2"));
        for (var count = 0; count < 2; count++)
            Assert.NotEqual("rate_limited", (await strict.Call("POST", $"/v1/auth/{method}", body.Replace("NAME", EdgeServer.NewName(), StringComparison.Ordinal))).Code);

        var refused = await strict.Call("POST", $"/v1/auth/{method}", body.Replace("NAME", EdgeServer.NewName(), StringComparison.Ordinal));
        refused.IsError(429, "rate_limited");
        var after = refused.Response.Headers.RetryAfter!.Delta!.Value;
        Assert.InRange(after, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Assert.InRange(refused.Error!.RetryAfter()!.Value, after - TimeSpan.FromSeconds(1), after);
    }

    private Task<JsonAnswer> Post(string method, string json) => server.Call("POST", $"/v1/auth/{method}", json);
}
