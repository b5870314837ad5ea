using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WebChat.V1;

namespace WebChat.Tests.Edge.Limits;

public sealed class RateLimitsTests
{
    [Fact]
    public async Task Every_method_has_a_limit()
    {
        await using var server = await EdgeServer.Start();
        var methods = server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName.StartsWith("webchat.v1.", StringComparison.Ordinal) == true);

        var unlimited = methods.Where(endpoint => endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>() is null);

        // The frames of the stream are limited one by one.
        Assert.Equal(["gRPC - /webchat.v1.ChatService/Connect"], unlimited.Select(endpoint => endpoint.DisplayName));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public async Task Addresses_count_by_host(string first, string second, bool one)
    {
        await using var server = await EdgeServer.Start(("WebChat:Limits:LogInsPerQuarterHour", "1"), ("WebChat:Proxies:0", "127.0.0.1"));

        Assert.Equal(HttpStatusCode.Unauthorized, await LogIn(server, first));
        Assert.Equal(one ? HttpStatusCode.TooManyRequests : HttpStatusCode.Unauthorized, await LogIn(server, second));
    }

    [Fact]
    public async Task Sign_ups_logins_and_refreshes_count_apart()
    {
        await using var server = await EdgeServer.Start(("WebChat:Limits:SignUpsPerHour", "1"), ("WebChat:Limits:LogInsPerQuarterHour", "1"), ("WebChat:Limits:ReadBurst", "1"), ("WebChat:Limits:ReadsPerSecond", "1"));
        await server.SignUp();

        Assert.Equal(HttpStatusCode.Unauthorized, await LogIn(server, "192.0.2.1"));
        var refresh = """{"refreshToken": "x"}""";
        (await server.Call("POST", "/v1/auth/refresh", refresh)).IsError(401, "unauthenticated", "refresh_token");
        (await server.Call("POST", "/v1/auth/login", """{"username": "unknown", "password": "passwort"}""")).IsError(429, "rate_limited");
    }

    [Fact]
    public async Task Failed_logins_count_per_account_and_do_not_lock_out_an_address_that_has_logged_in()
    {
        await using var server = await EdgeServer.Start(("WebChat:Limits:FailedLogInsPerHour", "2"), ("WebChat:Proxies:0", "127.0.0.1"));
        var ann = EdgeServer.NewName();
        (await server.Call("POST", "/v1/auth/signup", $$"""{"username": "{{ann}}", "password": "password", "nickname": "Ann"}""")).As<Credentials>();
        Assert.Equal(HttpStatusCode.OK, await LogIn(server, "192.0.2.1", ann, "password"));

        Assert.Equal(HttpStatusCode.Unauthorized, await LogIn(server, "192.0.2.2", ann, "wrong one"));
        Assert.Equal(HttpStatusCode.Unauthorized, await LogIn(server, "192.0.2.3", ann, "wrong one"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await LogIn(server, "192.0.2.4", ann, "password"));

        Assert.Equal(HttpStatusCode.OK, await LogIn(server, "192.0.2.1", ann, "password"));
        Assert.Equal(HttpStatusCode.Unauthorized, await LogIn(server, "192.0.2.4", "another", "password"));
    }

    [Fact]
    public async Task A_user_above_the_write_limit_may_still_read_and_does_not_affect_others()
    {
        await using var server = await EdgeServer.Start(("WebChat:Limits:MessageBurst", "2"), ("WebChat:Limits:MessagesPerSecond", "1"));
        var (ann, bob) = (await server.SignUp("Ann"), await server.SignUp("Bob"));

        JsonAnswer answer;
        do
            answer = await server.Call("PATCH", "/v1/profile", """{"bio": "hello"}""", ann.AccessToken);
        while (answer.Status == HttpStatusCode.OK);

        answer.IsError(429, "rate_limited");
        Assert.InRange(answer.Response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        (await server.Call("GET", "/v1/profile", token: ann.AccessToken)).As<Profile>();
        (await server.Call("PATCH", "/v1/profile", """{"bio": "hello"}""", bob.AccessToken)).As<Profile>();
    }

    [Fact]
    public async Task Both_protocols_share_a_limit()
    {
        await using var server = await EdgeServer.Start(("WebChat:Limits:LogInsPerQuarterHour", "1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await LogIn(server, "192.0.2.1"));

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new AuthService.AuthServiceClient(server.Channel).LogInAsync(new() { Username = "unknown", Password = "passwort" }));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        var retry = refused.GetRpcStatus()!.GetDetail<Google.Rpc.RetryInfo>()!.RetryDelay.ToTimeSpan();
        Assert.InRange(retry, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(15));
    }

    private static async Task<HttpStatusCode> LogIn(EdgeServer server, string address, string username = "unknown", string password = "passwort")
    {
        using var http = new HttpClient { BaseAddress = server.Web };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/auth/login")
        {
            Headers = { { "X-Forwarded-For", address } },
            Content = new StringContent(JsonFormatter.Default.Format(new LogInRequest { Username = username, Password = password }), new MediaTypeHeaderValue("application/json")),
        };
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
