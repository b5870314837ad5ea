using System.Net;
using Grpc.Core;
using WebChat.V1;

namespace WebChat.Tests.Edge.Hosting;

/// <summary>Behind a proxy all clients once had the same address, and so shared one limit.</summary>
public sealed class ProxiesTests
{
    private const string Alice = "203.0.113.1";
    private const string Bob = "2001:db8:1:2::1";

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    public async Task A_known_proxy_gives_the_clients_address(string proxy)
    {
        await using var server = await Start(("WebChat:Proxies:0", "10.0.0.0/8"), ("WebChat:Proxies:1", proxy));

        Assert.Equal(HttpStatusCode.OK, await SignUp(server, Alice));
        Assert.Equal(HttpStatusCode.OK, await SignUp(server, Bob));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignUp(server, Alice));
        // Clients can write anything to the left of the proxies' entries.
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignUp(server, $"198.51.100.9, {Alice}"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignUp(server, $"{Bob}, 10.1.2.3"));
        Assert.Equal(StatusCode.ResourceExhausted, await SignUpOverGrpc(server, Alice));
        Assert.Equal(StatusCode.OK, await SignUpOverGrpc(server, "203.0.113.3"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.0/8")]
    public async Task Any_other_peer_is_the_client_itself(string? proxy)
    {
        await using var server = await Start(proxy is null ? [] : [("WebChat:Proxies:0", proxy)]);

        Assert.Equal(HttpStatusCode.OK, await SignUp(server, Alice));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignUp(server, Bob));
        Assert.Equal(StatusCode.ResourceExhausted, await SignUpOverGrpc(server, "203.0.113.3"));
    }

    private static Task<EdgeServer> Start(params (string, string)[] proxies) => EdgeServer.Start([("WebChat:Limits:SignUpsPerHour", "1"), .. proxies]);

    private static async Task<HttpStatusCode> SignUp(EdgeServer server, string forwardedFor)
    {
        using var http = new HttpClient { BaseAddress = server.Web };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/auth/signup")
        {
            Headers = { { "X-Forwarded-For", forwardedFor } },
            Content = new StringContent($$"""{"username": "{{EdgeServer.NewName()}}", "password": "password", "nickname": "Al"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<StatusCode> SignUpOverGrpc(EdgeServer server, string forwardedFor)
    {
        using var call = new AuthService.AuthServiceClient(server.Channel).SignUpAsync(
            new() { Username = EdgeServer.NewName(), Password = "password", Nickname = "Al" }, new Metadata { { "x-forwarded-for", forwardedFor } });
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
    }
}
