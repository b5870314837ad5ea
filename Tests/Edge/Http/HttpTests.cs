using System.Net;
using System.Text;

namespace WebChat.Tests.Edge.Http;

public class HttpTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    public async Task A_request_without_a_body_is_an_empty_message(string? json)
    {
        var token = (await server.SignUp()).AccessToken;
        var room = (await server.Call("POST", "/v1/rooms", """{"name": "Tea", "capacity": 5, "open": true}""", token)).As<WebChat.V1.Room>();

        Assert.Equal(HttpStatusCode.OK, (await server.Call("POST", $"/v1/rooms/{room.RoomId}:leave", json, token)).Status);
        (await server.Call("POST", "/v1/auth/signup", json)).IsError(400, "invalid_argument", "username");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("""{"username": 7}""")]
    [InlineData("""{"username": {"username": "al"}}""")]
    public async Task An_unreadable_body_is_an_invalid_argument(string json) =>
        (await server.Call("POST", "/v1/auth/signup", json)).IsError(400, "invalid_argument");

    [Theory]
    [InlineData("application/json", "{\u00ff}")]
    [InlineData("application/json", "{\"username\": \"\u00ff\"}")]
    [InlineData("application/json; charset=utf-99", "{}")]
    [InlineData("text/plain", "{}")]
    [InlineData(null, "{}")]
    public async Task A_body_that_is_not_JSON_in_UTF_8_is_an_invalid_argument(string? type, string latin1)
    {
        using var http = new HttpClient { BaseAddress = server.Web };
        using var body = new ByteArrayContent(Encoding.Latin1.GetBytes(latin1));
        if (type is not null)
            body.Headers.TryAddWithoutValidation("content-type", type);
        (await JsonAnswer.Read(await http.PostAsync("/v1/auth/login", body))).IsError(400, "invalid_argument");
    }

    // The JSON reader stops at a depth of 64, which was once a server error.
    [Theory]
    [InlineData(40, 200)]
    [InlineData(64, 400)]
    [InlineData(10_000, 400)]
    public async Task An_unknown_field_is_ignored_unless_it_is_absurdly_deep(int depth, int status)
    {
        var token = (await server.SignUp()).AccessToken;
        foreach (var (open, close) in new[] { ("[", "]"), ("{\"a\":", "}") })
        {
            var deep = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
            var answer = await server.Call("PATCH", "/v1/profile", $$"""{"bio": "x", "extra": {{deep}}}""", token);
            Assert.Equal(status, (int)answer.Status);
        }
    }

    [Theory]
    [InlineData("/v1/rooms?pageSize=many")]
    [InlineData("/v1/rooms?pageSize=1&pageSize=2")]
    [InlineData("/v1/rooms/x/messages?beforeSeq=99999999999999999999")]
    [InlineData("/v1/admin/reports?all=perhaps")]
    public async Task A_parameter_that_does_not_fit_its_field_is_an_invalid_argument(string path) =>
        (await server.Call("GET", path, token: (await server.SignUp()).AccessToken)).IsError(400, "invalid_argument");

    [Fact]
    public async Task A_body_over_64_KiB_is_too_large() =>
        (await server.Call("POST", "/v1/auth/login", new string(' ', 64 * 1024) + "{}")).IsError(429, "too_large");

    [Fact]
    public async Task Unknown_fields_are_ignored() =>
        Assert.Equal(
            HttpStatusCode.OK,
            (await server.Call("POST", "/v1/auth/signup", $$"""{"username": "{{EdgeServer.NewName()}}", "password": "password", "nickname": "Al", "shoeSize": 43}""")).Status);

    [Theory]
    [InlineData("GET", "/v1")]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("POST", "/v1/nothing/here")]
    [InlineData("POST", "/v1/match:dance")]
    [InlineData("POST", "/v1/rooms/x:paint")]
    public async Task An_unknown_path_is_an_error(string method, string path)
    {
        var answer = await server.Call(method, path, method == "GET" ? null : "{}", (await server.SignUp()).AccessToken);
        Assert.True(answer.Code is "not_found" || answer.Status == HttpStatusCode.MethodNotAllowed, answer.Text);
    }

    [Theory]
    [InlineData("PUT", "/v1/profile", "GET, PATCH")]
    [InlineData("GET", "/v1/auth/login", "POST")]
    [InlineData("DELETE", "/v1/match", "GET")]
    public async Task A_method_that_a_path_does_not_have_is_an_error(string method, string path, string allowed)
    {
        var answer = await server.Call(method, path);
        answer.IsError(405, "invalid_argument");
        Assert.Equal(allowed, string.Join(", ", answer.Response.Content.Headers.Allow.Order()));
    }

    [Fact]
    public async Task Answers_are_not_cached_and_pages_have_protective_headers()
    {
        var answer = (await server.Call("GET", "/v1/profile", token: (await server.SignUp()).AccessToken)).Response;
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());

        using var http = new HttpClient { BaseAddress = server.Web };
        using var page = await http.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(page.Headers.CacheControl!.NoCache);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(page.Headers.ETag!);
        using var unchanged = await http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task The_server_reports_its_health(string path)
    {
        var answer = await server.Call("GET", path);
        Assert.Equal((HttpStatusCode.OK, "Healthy"), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task An_unknown_page_is_a_problem()
    {
        var answer = await server.Call("GET", "/nothing");
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.Status, answer.Response.Content.Headers.ContentType?.MediaType));
    }
}
