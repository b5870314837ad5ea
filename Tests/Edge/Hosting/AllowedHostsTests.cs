using System.Net;
using Grpc.Core;
using WebChat.V1;

namespace WebChat.Tests.Edge.Hosting;

/// <summary>A page of any site can make a name of its own point to the server, and would then be of the server's origin.</summary>
public sealed class AllowedHostsTests
{
    [Theory]
    [InlineData("chat.example", HttpStatusCode.SwitchingProtocols)]
    [InlineData("CHAT.example:8080", HttpStatusCode.SwitchingProtocols)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("chat.example.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1", HttpStatusCode.BadRequest)]
    public async Task A_WebSocket_opens_under_an_allowed_name_only(string host, HttpStatusCode answer)
    {
        await using var server = await EdgeServer.Start(("AllowedHosts", "chat.example"));
        using var http = new HttpClient { BaseAddress = server.Web };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ws")
        {
            Headers =
            {
                { "Host", host },
                { "Origin", $"http://{host}" },
                { "Connection", "Upgrade" },
                { "Upgrade", "websocket" },
                { "Sec-WebSocket-Version", "13" },
                { "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==" },
            },
        };

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(answer, response.StatusCode);
    }

    [Fact]
    public async Task Calls_and_streams_are_refused_under_another_name()
    {
        await using var server = await EdgeServer.Start(("AllowedHosts", "chat.example"));

        Assert.Equal(HttpStatusCode.BadRequest, (await server.Call("GET", "/v1/profile")).Status);
        using var stream = new ChatService.ChatServiceClient(server.Channel).Connect();
        // HTTP's 400 is INTERNAL to a client of gRPC.
        Assert.Equal(StatusCode.Internal, (await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(default))).StatusCode);
    }
}
