using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Client;
using WebChat.V1;

namespace WebChat.Tests.Edge.Hosting;

public class GrpcPortTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/index.html")]
    [InlineData("GET", "/ws")]
    [InlineData("GET", "/healthz")]
    [InlineData("GET", "/readyz")]
    [InlineData("POST", "/v1/auth/login")]
    public async Task The_gRPC_port_serves_nothing_else(string method, string path)
    {
        using var http = new HttpClient { BaseAddress = server.Grpc };
        using var request = new HttpRequestMessage(new(method), path) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        // The port in the client's header is not the one that it has reached.
        request.Headers.Host = server.Web.Authority;
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/webchat.v1.AuthService/LogIn")]
    [InlineData("/webchat.v1.AuthService/Nothing")]
    [InlineData("/grpc.health.v1.Health/Check")]
    public async Task The_web_port_serves_no_gRPC(string path)
    {
        using var http = new HttpClient { BaseAddress = server.Web };
        using var body = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } };
        using var answer = await http.PostAsync(path, body);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_unknown_method_is_unimplemented()
    {
        var bytes = Marshallers.Create<byte[]>(array => array, array => array);
        foreach (var service in new[] { "webchat.v1.AuthService", "webchat.v1.Nothing" })
        {
            using var call = server.Channel.CreateCallInvoker().AsyncUnaryCall(new Method<byte[], byte[]>(MethodType.Unary, service, "Nothing", bytes, bytes), null, default, []);
            Assert.Equal(StatusCode.Unimplemented, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        }
    }
}
