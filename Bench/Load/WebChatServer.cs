using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Bench.Load;

/// <summary>A WebChat server under load: one of our own, or one that runs elsewhere.</summary>
internal sealed class WebChatServer : IAsyncDisposable
{
    // More at once would only wait for each other.
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 16 };

    private readonly ServerProcess? _process;
    private Uri _grpc;

    private WebChatServer(Uri web, Uri grpc, ServerProcess? process, ProcessUse? use)
    {
        (Web, _grpc, _process, Use) = (web, grpc, process, use);
        Api = new(web);
    }

    /// <summary>Its web address.</summary>
    public Uri Web { get; private set; }

    /// <summary>The SQLite file of a server of our own.</summary>
    public string DatabaseFile => Path.Combine(_process!.DataDirectory, "webchat.db");

    /// <summary>Its HTTP/JSON methods.</summary>
    public ChatApi Api { get; private set; }

    /// <summary>Its process; null if it runs elsewhere.</summary>
    public ProcessUse? Use { get; private set; }

    /// <summary>Whether it was started here, and can be restarted.</summary>
    public bool IsOwn => _process is not null;

    /// <summary>Starts an Edge with limits that no load reaches and the cheapest password hashes.</summary>
    public static Task<WebChatServer> StartAsync(string? cores, params string[] settings) => StartAsync(ServerProcess.Pin(cores), null, settings);

    /// <summary>Starts such an Edge by a prefix of its command line and with further environment variables.</summary>
    public static async Task<WebChatServer> StartAsync(IEnumerable<string> prefix, IReadOnlyDictionary<string, string>? environment, params string[] settings)
    {
        var process = await ServerProcess.StartAsync("Edge", prefix, data => Arguments(data, settings), environment);
        return new(process.Addresses[0], process.Addresses[1], process, process.Use);
    }

    /// <summary>A server that runs already.</summary>
    public static WebChatServer At(Uri web, Uri grpc, int? processId) => new(web, grpc, null, processId is { } id ? new(id) : null);

    /// <summary>Kills the server of our own and starts it again on the same data, with other settings.</summary>
    public async Task RestartAsync(params string[] settings)
    {
        await _process!.RestartAsync(data => Arguments(data, settings));
        (Web, _grpc, Use) = (_process.Addresses[0], _process.Addresses[1], _process.Use);
        Api.Dispose();
        Api = new(Web);
    }

    /// <summary>Connects a client that has not said hello.</summary>
    public Task<ChatClient> ConnectAsync(ChatTransport transport) => ChatClient.ConnectAsync(transport == ChatTransport.Grpc ? _grpc : Web, transport);

    /// <summary>Creates an account with a profile, as soon as the server's limits allow it.</summary>
    public async Task<Credentials> SignUpAsync(Profile? profile = null)
    {
        while (true)
        {
            try
            {
                var user = await Api.SignUpAsync($"load_{Guid.NewGuid():N}"[..20], "correct horse battery", "Load");
                await Api.UpdateProfileAsync(user.AccessToken, profile ?? new() { BirthDate = "1990-01-02", Gender = Profile.Types.Gender.Other });
                return user;
            }
            catch (ApiException ex) when (ex.RetryAfter is not null)
            {
                await Task.Delay(ex.RetryAfter.Value);
            }
        }
    }

    /// <summary>Creates accounts, several at once.</summary>
    public Task<Credentials[]> SignUpAsync(int count) => InParallelAsync(count, _ => SignUpAsync());

    /// <summary>Connects new users, each in a session.</summary>
    /// <param name="count">How many.</param>
    /// <param name="transport">How their frames travel.</param>
    /// <param name="profile">Their profiles, by number; null for some that fit each other.</param>
    public Task<(Credentials User, ChatClient Client)[]> ConnectAsync(int count, ChatTransport transport, Func<int, Profile>? profile = null) => InParallelAsync(count, async i =>
    {
        var user = await SignUpAsync(profile?.Invoke(i));
        var client = await ConnectAsync(transport);
        await client.HelloAsync(user.AccessToken);
        return (user, client);
    });

    /// <summary>Connects new users and matches them in pairs.</summary>
    public async Task<IReadOnlyList<WebChatMember>> ConnectPairsAsync(int pairs, ChatTransport transport)
    {
        var users = await ConnectAsync(2 * pairs, transport);
        return await Task.WhenAll(users.Select(async user =>
        {
            await user.Client.RequestAsync(new() { Search = new() { Mode = Mode.Chat } });
            var match = await user.Client.NextAsync(frame => frame.Match is not null);
            return new WebChatMember(this, transport, user.User, user.Client, match.Match.Room);
        }));
    }

    /// <summary>Connects new users in group rooms.</summary>
    public async Task<IReadOnlyList<WebChatMember>> ConnectGroupsAsync(int groups, int size, ChatTransport transport)
    {
        var users = await ConnectAsync(groups * size, transport);
        var rooms = await InParallelAsync(groups, i => Api.CreateRoomAsync(users[i * size].User.AccessToken, new() { Name = $"Load {i}", Capacity = size, Open = true }));
        return await InParallelAsync(users.Length, async i =>
        {
            var answer = await users[i].Client.RequestAsync(new() { Join = new() { RoomId = rooms[i / size].RoomId } });
            return new WebChatMember(this, transport, users[i].User, users[i].Client, answer.Room ?? throw new InvalidDataException($"join was answered by {answer}"));
        });
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
    }

    private static async Task<T[]> InParallelAsync<T>(int count, Func<int, Task<T>> make)
    {
        var made = new T[count];
        await Parallel.ForAsync(0, count, AtOnce, async (i, _) => made[i] = await make(i));
        return made;
    }

    private static IEnumerable<string> Arguments(string dataDirectory, IEnumerable<string> settings) =>
    [
        "--Kestrel:Endpoints:Web:Url=http://127.0.0.1:0",
        "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0",
        $"--WebChat:DataDirectory={dataDirectory}",
        "--WebChat:Auth:BcryptWorkFactor=4",
        "--WebChat:Auth:AccessTokenLifetime=1.00:00:00",
        "--WebChat:Limits:GreetingsPerAddress=100000",
        "--WebChat:Limits:SignUpsPerHour=1000000",
        "--WebChat:Limits:ReadsPerSecond=1000000",
        "--WebChat:Limits:ReadBurst=1000000",
        "--WebChat:Limits:MessagesPerSecond=1000000",
        "--WebChat:Limits:MessageBurst=1000000",
        // No question to a pair while it is measured.
        "--WebChat:Rooms:PromptAfter=1.00:00:00",
        .. settings,
    ];
}
