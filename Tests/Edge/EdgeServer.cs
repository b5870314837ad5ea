using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>The whole Edge in this process: real Kestrel on free loopback ports, real actors, a real database in an own data directory. Limits are out of the way unless a test sets them.</summary>
public sealed class EdgeServer : WebApplicationFactory<Program>, IAsyncLifetime
{
    private static int LastPerson;

    private readonly (string Key, string Value)[] _settings;
    private GrpcChannel? _channel;

    public EdgeServer()
        : this([])
    {
    }

    private EdgeServer((string Key, string Value)[] settings)
    {
        _settings = settings;
        UseKestrel();
    }

    /// <summary>Where its database and keys lie.</summary>
    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("webchat-edge-").FullName;

    /// <summary>The web address.</summary>
    public Uri Web { get; private set; } = null!;

    /// <summary>A gRPC connection to it.</summary>
    public GrpcChannel Channel => _channel ??= GrpcChannel.ForAddress(Grpc);

    /// <summary>The gRPC address.</summary>
    public Uri Grpc { get; private set; } = null!;

    /// <summary>A server with some settings of its own, started.</summary>
    public static async Task<EdgeServer> Start(params (string Key, string Value)[] settings)
    {
        var server = new EdgeServer(settings);
        await server.InitializeAsync();
        return server;
    }

    /// <inheritdoc/>
    public Task InitializeAsync()
    {
        StartServer();
        var addresses = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToArray();
        // Kestrel lists endpoints by the name of their section: Grpc, then Web.
        (Grpc, Web) = (addresses[0], addresses[1]);
        return Task.CompletedTask;
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        await base.DisposeAsync();
        Directory.Delete(DataDirectory, recursive: true);
    }

    /// <summary>Calls the JSON interface.</summary>
    /// <param name="method">GET, POST, …</param>
    /// <param name="path">From the root.</param>
    /// <param name="json">The body; null for none.</param>
    /// <param name="token">The access token; null for none.</param>
    public async Task<JsonAnswer> Call(string method, string path, string? json = null, string? token = null)
    {
        using var http = new HttpClient { BaseAddress = Web };
        using var request = new HttpRequestMessage(new(method), path);
        if (json is not null)
            request.Content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return await JsonAnswer.Read(await http.SendAsync(request));
    }

    /// <summary>Signs somebody up under a name of their own.</summary>
    public async Task<Credentials> SignUp(string nickname = "Somebody")
    {
        var request = new SignUpRequest { Username = NewName(), Password = "password", Nickname = nickname };
        return (await Call("POST", "/v1/auth/signup", JsonFormatter.Default.Format(request))).As<Credentials>();
    }

    /// <summary>A user name that nobody has yet.</summary>
    public static string NewName() => $"person_{Interlocked.Increment(ref LastPerson)}";

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.UseSetting("Kestrel:Endpoints:Web:Url", "http://127.0.0.1:0");
        builder.UseSetting("Kestrel:Endpoints:Grpc:Url", "http://127.0.0.1:0");
        builder.UseSetting("WebChat:DataDirectory", DataDirectory);
        builder.UseSetting("WebChat:Auth:BcryptWorkFactor", "4");
        builder.UseSetting("WebChat:Limits:SignUpsPerHour", "1000000");
        builder.UseSetting("WebChat:Limits:LogInsPerQuarterHour", "1000000");
        builder.UseSetting("WebChat:Limits:ReadsPerSecond", "1000000");
        builder.UseSetting("WebChat:Limits:ReadBurst", "1000000");
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);
    }
}
