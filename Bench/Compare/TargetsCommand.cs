using System.CommandLine;
using WebChat.Bench.Load;
using WebChat.Clients;

namespace WebChat.Bench.Compare;

/// <summary><c>targets</c>: the scenarios that have a number to reach, each on a new server.</summary>
internal static class TargetsCommand
{
    private static readonly Dictionary<string, Func<Setting, Task<IEnumerable<Target>>>> All = new()
    {
        ["start"] = StartAsync,
        ["idle"] = IdleAsync,
        ["match"] = MatchAsync,
        ["sign-ups"] = SignUpsAsync,
        ["group"] = GroupAsync,
        ["memory"] = MemoryAsync,
    };

    private static readonly Argument<string[]> Names = new("NAME") { Description = "Which ones; all without a name", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create()
    {
        var command = new Command("targets", "Measure the scenarios that have a target, and print it beside the result") { Names, Pins.ServerCores, Pins.ClientCores, Pins.Quick };
        Names.AcceptOnlyFromAmong([.. All.Keys]);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var setting = new Setting(await Pins.ApplyAsync(options), options.GetValue(Pins.Quick), cancellationToken);
        Console.WriteLine(Target.Head);
        foreach (var name in options.GetValue(Names) is { Length: > 0 } named ? named : [.. All.Keys])
        {
            foreach (var target in await All[name](setting))
                Console.WriteLine(target);
        }
    }

    private static async Task<IEnumerable<Target>> StartAsync(Setting setting)
    {
        await using var server = await setting.ServerAsync();
        var members = await setting.PairsAsync(server);
        await server.RestartAsync();
        await Task.WhenAll(members.Select(member => member.ReconnectAsync()));
        var plan = new TalkPlan { Duration = setting.Time(10) };
        var first = await setting.TalkAsync("The first seconds", members, plan, server);
        var warm = await setting.TalkAsync("Warm", members, plan with { WarmUp = setting.Time(60) }, server);
        return [new("the first 10 s after a start, messages/s of the warm rate", first.MessagesPerSecond / warm.MessagesPerSecond, 0.5, IsLeast: true)];
    }

    private static async Task<IEnumerable<Target>> IdleAsync(Setting setting)
    {
        await using var server = await setting.ServerAsync();
        var result = await Live.WorkAsync("Idle sessions", () => Scenarios.IdleAsync(server, setting.Size(2_000), ChatTransport.Binary, setting.Time(10), setting.CancellationToken));
        return [new("2,000 idle sessions, KiB each", result.Facts[^1].Value, 30)];
    }

    private static async Task<IEnumerable<Target>> MatchAsync(Setting setting)
    {
        await using var server = await setting.ServerAsync();
        // The other targets are those of a warm server too, so it has matched some pairs before.
        await setting.PairsAsync(server);
        var result = await Live.WorkAsync("Searches", () => Scenarios.MatchAsync(server, setting.Size(1_000), ChatTransport.Binary, setting.CancellationToken));
        return [new("1,000 users search at once, 300 without a fitting partner: the last match, ms", result.Latencies[0].Values.Percentile(100), 1_000)];
    }

    private static async Task<IEnumerable<Target>> SignUpsAsync(Setting setting)
    {
        await using var server = await setting.ServerAsync();
        var members = await setting.PairsAsync(server);
        await server.RestartAsync("--WebChat:Auth:BcryptWorkFactor=12");
        await Task.WhenAll(members.Select(member => member.ReconnectAsync()));
        var plan = new TalkPlan { Rate = 500, WarmUp = setting.Time(30), Duration = setting.Time(20) };
        var quiet = await setting.TalkAsync("Quiet", members, plan, server);

        using var enough = new CancellationTokenSource();
        var signingUp = Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (!enough.IsCancellationRequested)
                await server.SignUpAsync();
        }));
        var busy = await setting.TalkAsync("Beside sign-ups", members, plan with { WarmUp = setting.Time(5) }, server);
        await enough.CancelAsync();
        await signingUp;
        var (p99, limit) = (busy.Talk.Acknowledged.Percentile(99), 2 * quiet.Talk.Acknowledged.Percentile(99));
        return [new("500 messages/s beside 8 sign-ups at bcrypt 12: acknowledgement p99, ms", p99, limit)];
    }

    private static async Task<IEnumerable<Target>> GroupAsync(Setting setting)
    {
        await using var server = await setting.ServerAsync();
        var members = await Live.WorkAsync("Connecting", () => server.ConnectGroupsAsync(1, setting.Size(1_000), ChatTransport.Binary));
        var measured = await setting.TalkAsync("Group", members, new() { Rate = 20, WarmUp = setting.Time(20), Duration = setting.Time(30) }, server);
        return [new("a group of 1,000, 20 messages/s: delivery p99, ms", measured.Talk.Delivered.Percentile(99), 250)];
    }

    private static async Task<IEnumerable<Target>> MemoryAsync(Setting setting)
    {
        await using var server = await setting.ServerAsync();
        var members = await setting.PairsAsync(server);
        var (messages, few, many) = (0L, setting.Size(100_000), setting.Size(1_000_000));
        var early = await TalkUntilAsync(few);
        var late = await TalkUntilAsync(many);
        return [new("memory after 1,000,000 messages in 100 rooms beyond that after 100,000, MiB", late - early, 100)];

        async Task<double> TalkUntilAsync(long enough)
        {
            while (messages < enough)
                messages += (await setting.TalkAsync($"{messages} messages", members, new() { Duration = TimeSpan.FromSeconds(1) }, server)).Messages;
            return server.Use!.Memory / 1048576.0;
        }
    }

    /// <summary>How the scenarios run: in full size, or in some seconds.</summary>
    private sealed record Setting(string? ServerCores, bool IsQuick, CancellationToken CancellationToken)
    {
        public int Size(int full) => IsQuick ? full / 100 : full;

        public TimeSpan Time(double seconds) => TimeSpan.FromSeconds(IsQuick ? seconds / 20 : seconds);

        public Task<WebChatServer> ServerAsync() => Live.WorkAsync("Starting a server", () => WebChatServer.StartAsync(ServerCores));

        public Task<IReadOnlyList<WebChatMember>> PairsAsync(WebChatServer server) => Live.WorkAsync("Connecting", () => server.ConnectPairsAsync(Size(100), ChatTransport.Binary));

        public Task<Measurement> TalkAsync(string title, IReadOnlyList<WebChatMember> members, TalkPlan plan, WebChatServer server) =>
            Live.TalkAsync(title, new(members, plan, server.Use), plan, CancellationToken);
    }
}
