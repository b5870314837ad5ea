using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WebChat.Tests.Standins.Grpc;

/// <summary>Kestrel on a free port with the echo service, and a channel to it.</summary>
public sealed class EchoHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoHost(WebApplication app, GrpcChannelOptions channelOptions)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.ToList();
        Address = new Uri(addresses[0]);
        Http1Address = new Uri(addresses[1]);
        Channel = GrpcChannel.ForAddress(Address, channelOptions);
        Client = new Echo.EchoClient(Channel);
    }

    public Uri Address { get; }

    public Uri Http1Address { get; }

    public GrpcChannel Channel { get; }

    public Echo.EchoClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<EchoHost> StartAsync(
        ScriptedEcho? echo = null,
        Action<GrpcServiceOptions>? grpc = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null,
        GrpcChannelOptions? channel = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        // The Edge's settings lie beside the tests and name ports: this host has nothing to do with them.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddGrpc(grpc ?? (_ => { }));
        builder.Services.AddSingleton(echo ?? new ScriptedEcho());
        services?.Invoke(builder.Services);
        var app = builder.Build();
        (map ?? (a => a.MapGrpcService<ScriptedEcho>()))(app);
        await app.StartAsync();
        return new(app, channel ?? new GrpcChannelOptions());
    }

    /// <summary>Sends bytes as they are to a method, over HTTP/2 and without any gRPC client.</summary>
    public async Task<RawResponse> SendRawAsync(string path, byte[] body, Action<HttpRequestMessage>? configure = null, string? contentType = "application/grpc")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path))
        {
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", contentType);
        request.Headers.TryAddWithoutValidation("te", "trailers");
        configure?.Invoke(request);
        using var response = await http.SendAsync(request);
        return await RawResponse.ReadAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>What a call threw, whose status says why it ended.</summary>
    public static Task<RpcException> FailureOf(Func<Task> call) => Assert.ThrowsAsync<RpcException>(call);
}
