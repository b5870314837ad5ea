using WebChat.Bench.Load;
using WebChat.Clients;

namespace WebChat.Bench.Compare;

/// <summary>A running server with pairs of connected members.</summary>
internal sealed record Contender(string Name, IAsyncDisposable Server, ProcessUse Use, IReadOnlyList<IMember> Members)
{
    private const string Kestrel = "Bench/Baselines/Kestrel";
    private const string SignalR = "Bench/Baselines/SignalR";

    /// <summary>Starts the product and the baselines.</summary>
    public static IEnumerable<Func<Task<Contender>>> All(int pairs, string? cores) =>
    [
        () => WebChatAsync("WebChat, binary", ChatTransport.Binary, pairs, cores),
        () => WebChatAsync("WebChat, JSON", ChatTransport.Json, pairs, cores),
        () => BaselineAsync("(a) Kestrel, group commit", Kestrel, data => ["--database", Path.Combine(data, "messages.db")], KestrelMember.ConnectAsync, pairs, cores),
        () => BaselineAsync("(b) SignalR, a commit each", SignalR, data => ["--database", Path.Combine(data, "messages.db")], SignalRMember.ConnectAsync, pairs, cores),
        () => BaselineAsync("(c) Kestrel, nothing stored", Kestrel, _ => [], KestrelMember.ConnectAsync, pairs, cores),
    ];

    private static async Task<Contender> WebChatAsync(string name, ChatTransport transport, int pairs, string? cores)
    {
        var server = await WebChatServer.StartAsync(cores);
        return new(name, server, server.Use!, await server.ConnectPairsAsync(pairs, transport));
    }

    private static async Task<Contender> BaselineAsync(
        string name, string project, Func<string, IEnumerable<string>> arguments, Func<Uri, string, Task<IMember>> connect, int pairs, string? cores)
    {
        var server = await ServerProcess.StartAsync(project, ServerProcess.Pin(cores), data => ["--urls", "http://127.0.0.1:0", .. arguments(data)]);
        var members = await Task.WhenAll(Enumerable.Range(0, 2 * pairs).Select(i => connect(server.Addresses[0], $"room-{i / 2}")));
        return new(name, server, server.Use, members);
    }
}
