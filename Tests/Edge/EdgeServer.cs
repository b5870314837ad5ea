using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>The whole Edge in this process: real Kestrel on free loopback ports, real actors, and a real database in its own data directory. No limit is reached unless a test sets it.</summary>
public sealed class EdgeServer : IAsyncLifetime, IAsyncDisposable
{
    private static int LastPerson;

    private readonly WebApplication _app;
    private GrpcChannel? _channel;

    public EdgeServer()
        : this([])
    {
    }

    private EdgeServer((string Key, string Value)[] settings)
    {
        (string Key, string Value)[] all =
        [
            ("environment", "Testing"),
            ("Kestrel:Endpoints:Web:Url", "http://127.0.0.1:0"),
            ("Kestrel:Endpoints:Grpc:Url", "http://127.0.0.1:0"),
            ("WebChat:DataDirectory", DataDirectory),
            ("WebChat:Auth:BcryptWorkFactor", "4"),
            ("WebChat:Limits:SignUpsPerHour", "1000000"),
            ("WebChat:Limits:GuestsPerHour", "1000000"),
            ("WebChat:Limits:LogInsPerQuarterHour", "1000000"),
            ("WebChat:Limits:FailedLogInsPerHour", "1000000"),
            ("WebChat:Limits:ReadsPerSecond", "1000000"),
            ("WebChat:Limits:ReadBurst", "1000000"),
            ("WebChat:Limits:GreetingsPerAddress", "100000"),
            .. settings,
        ];
        _app = Program.Build([.. all.Select(setting => $"--{setting.Key}={setting.Value}")]);
    }

    /// <summary>The data directory.</summary>
    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("webchat-edge-").FullName;

    /// <summary>The server's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The addresses, ordered by the names of the endpoints.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <summary>The web address.</summary>
    public Uri Web => Addresses[^1];

    /// <summary>A gRPC connection to it.</summary>
    public GrpcChannel Channel => _channel ??= GrpcChannel.ForAddress(Grpc);

    /// <summary>The gRPC address.</summary>
    public Uri Grpc => Addresses[0];

    /// <summary>Starts a server with additional settings.</summary>
    public static async Task<EdgeServer> Start(params (string Key, string Value)[] settings)
    {
        var server = new EdgeServer(settings);
        await server.InitializeAsync();
        return server;
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await _app.StartAsync();
        // Kestrel lists endpoints by the name of their section: Grpc, then any others, then Web.
        Addresses = [.. _app.Urls.Select(address => new Uri(address))];
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(DataDirectory, recursive: true);
    }

    /// <summary>Sends a JSON request.</summary>
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

    /// <summary>Opens a connection that has not sent hello.</summary>
    public Task<ChatClient> Open(ChatTransport transport) => ChatClient.ConnectAsync(transport == ChatTransport.Grpc ? Grpc : Web, transport);

    /// <summary>Connects a user in a new session.</summary>
    public async Task<ChatClient> Connect(Credentials user, ChatTransport transport = ChatTransport.Json)
    {
        var client = await Open(transport);
        await client.HelloAsync(user.AccessToken);
        return client;
    }

    /// <summary>Signs up a user with an unused name.</summary>
    public async Task<Credentials> SignUp(string nickname = "User")
    {
        var request = new SignUpRequest { Username = NewName(), Password = "password", Nickname = nickname };
        return (await Call("POST", "/v1/auth/signup", JsonFormatter.Default.Format(request))).As<Credentials>();
    }

    /// <summary>An unused user name.</summary>
    public static string NewName() => $"person_{Interlocked.Increment(ref LastPerson)}";
}
