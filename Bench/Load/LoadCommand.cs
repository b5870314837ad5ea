using System.CommandLine;
using WebChat.Clients;

namespace WebChat.Bench.Load;

/// <summary><c>load</c>: drives one server with one scenario.</summary>
internal static class LoadCommand
{
    private const int Failed = 1;

    private static readonly Option<Uri?> Url = new("--url") { Description = "The web address of a running server, such as http://localhost:8080; one of our own is started without it", CustomParser = Address };
    private static readonly Option<Uri?> GrpcUrl = new("--grpc-url") { Description = "The gRPC address of that server", CustomParser = Address };
    private static readonly Option<int?> ProcessId = new("--pid") { Description = "The process id of that server, to read its CPU time and memory" };
    private static readonly Option<ChatTransport> Encoding = new("--encoding") { Description = "How frames travel: json or binary over WebSocket, or grpc", DefaultValueFactory = _ => ChatTransport.Binary };
    private static readonly Option<Scenario> What = new("--scenario") { Description = "What clients do", DefaultValueFactory = _ => Scenario.Pairs };
    private static readonly Option<int> Pairs = Number("--pairs", 100, 1, 10_000, "Pairs that talk (pairs, churn)");
    private static readonly Option<int> Groups = Number("--groups", 1, 1, 10_000, "Group rooms (groups)");
    private static readonly Option<int> GroupSize = Number("--group-size", 100, 2, 1_000, "Members of each group room (groups)");
    private static readonly Option<int> Clients = Number("--clients", 1_000, 1, 20_000, "Clients that are silent or search (idle, match)");
    private static readonly Option<double> Rate = Seconds("--rate", 0, "Messages a second of all members together, on a schedule (an open loop); 0: each member sends when it is answered (a closed loop)");
    private static readonly Option<int> InFlight = Number("--in-flight", 1, 1, 64, "Unanswered messages of each member in a closed loop");
    private static readonly Option<int> ReconnectEvery = Number("--reconnect-every", 10, 1, 1_000_000, "Messages after which a member reconnects (churn)");
    private static readonly Option<double> Duration = Seconds("--duration", 30, "Seconds that are measured");
    private static readonly Option<double> WarmUp = Seconds("--warmup", 10, "Seconds of talk before that");
    private static readonly Option<int> MessageBytes = Number("--message-bytes", 100, TalkPlan.StampBytes, 2_000, "Bytes of each message");
    private static readonly Option<string?> ServerCores = new("--server-cores") { Description = "The CPUs of a server of our own, as taskset reads them" };
    private static readonly Option<string?> ClientCores = new("--client-cores") { Description = "The CPUs of the load generator" };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "A file for the result" };
    private static readonly Option<FileInfo?> Html = new("--html") { Description = "A file for the result with plots" };
    private static readonly Option<bool> Verify = new("--verify") { Description = "Read all history back: exit code 1 unless each acknowledged message is there once and in order" };

    public static Command Create()
    {
        var command = new Command("load", "Drive a server and measure latency, throughput, CPU and memory")
        {
            Url, GrpcUrl, ProcessId, Encoding, What, Pairs, Groups, GroupSize, Clients, Rate, InFlight, ReconnectEvery, Duration, WarmUp, MessageBytes, ServerCores, ClientCores, Json, Html, Verify,
        };
        command.SetAction(RunAsync);
        return command;
    }

    public static Option<int> Number(string name, int usual, int least, int most, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var value) || value < least || value > most))
                result.AddError($"{name} must be {least} to {most}.");
        });
        return option;
    }

    public static Option<double> Seconds(string name, double usual, string description)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1_000_000))
                result.AddError($"{name} must be 0 to 1000000.");
        });
        return option;
    }

    private static Uri? Address(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
            return url;
        result.AddError($"{result.Tokens[0].Value} is not an address such as http://localhost:8080.");
        return null;
    }

    private static string? Contradiction(ParseResult options)
    {
        var (isForeign, scenario, hasPid) = (options.GetValue(Url) is not null, options.GetValue(What), options.GetValue(ProcessId) is not null);
        if (isForeign && options.GetValue(Encoding) == ChatTransport.Grpc && options.GetValue(GrpcUrl) is null)
            return "--encoding grpc with --url needs --grpc-url.";
        if (!isForeign && (hasPid || options.GetValue(GrpcUrl) is not null))
            return "--grpc-url and --pid belong to a server that is named by --url.";
        if (isForeign && options.GetValue(ServerCores) is not null)
            return "--server-cores is for a server that is started, not for --url.";
        if (isForeign && !hasPid && scenario == Scenario.Idle)
            return "--scenario idle with --url needs --pid, to read the server's memory.";
        if (scenario == Scenario.Churn && (options.GetValue(Rate) > 0 || options.GetValue(InFlight) > 1))
            return "--scenario churn has one message of each member on the way: it takes neither --rate nor --in-flight.";
        if (scenario is Scenario.Idle or Scenario.Match && options.GetValue(Verify))
            return "--verify needs messages: --scenario pairs, groups or churn.";
        return null;
    }

    private static async Task<int> RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        if (Contradiction(options) is { } contradiction)
        {
            await Console.Error.WriteLineAsync(contradiction);
            return Failed;
        }

        if (options.GetValue(ClientCores) is { } cores)
            await new ProcessUse(Environment.ProcessId).PinAsync(cores);
        await using var server = options.GetValue(Url) is { } url
            ? WebChatServer.At(url, options.GetValue(GrpcUrl) ?? url, options.GetValue(ProcessId))
            : await Live.WorkAsync("Starting a server", () => WebChatServer.StartAsync(options.GetValue(ServerCores)));
        var (encoding, scenario, clients) = (options.GetValue(Encoding), options.GetValue(What), options.GetValue(Clients));
        var verified = true;
        var result = scenario switch
        {
            Scenario.Idle => await Live.WorkAsync("Opening sessions", () => Scenarios.IdleAsync(server, clients, encoding, TimeSpan.FromSeconds(options.GetValue(Duration)), cancellationToken)),
            Scenario.Match => await Live.WorkAsync("Searching", () => Scenarios.MatchAsync(server, clients, encoding, cancellationToken)),
            _ => await TalkAsync(),
        };

        result.Print();
        if (options.GetValue(Json) is { } json)
            await File.WriteAllTextAsync(json.FullName, result.ToJson(), cancellationToken);
        if (options.GetValue(Html) is { } html)
            await File.WriteAllTextAsync(html.FullName, HtmlReport.Of(result), cancellationToken);
        return verified ? 0 : Failed;

        async Task<LoadResult> TalkAsync()
        {
            var plan = new TalkPlan
            {
                Rate = options.GetValue(Rate),
                InFlight = options.GetValue(InFlight),
                MessageBytes = options.GetValue(MessageBytes),
                WarmUp = TimeSpan.FromSeconds(options.GetValue(WarmUp)),
                Duration = TimeSpan.FromSeconds(options.GetValue(Duration)),
                ReconnectEvery = scenario == Scenario.Churn ? options.GetValue(ReconnectEvery) : 0,
            };
            var members = await Live.WorkAsync("Connecting", () => scenario == Scenario.Groups
                ? server.ConnectGroupsAsync(options.GetValue(Groups), options.GetValue(GroupSize), encoding)
                : server.ConnectPairsAsync(options.GetValue(Pairs), encoding));
            var talk = new Talk(members, plan, server.Use) { Log = options.GetValue(Verify) ? [] : null };
            var title = $"{scenario}, {members.Count} members, {encoding}, {(plan.Rate > 0 ? $"{plan.Rate} messages/s" : $"{plan.InFlight} on the way each")}";
            var result = LoadResult.Of(title, await Live.TalkAsync(title, talk, plan, cancellationToken));
            if (talk.Log is not { } log)
                return result;

            var faults = await Live.WorkAsync("Reading back", () => Verification.RunAsync(members, log));
            foreach (var fault in faults)
                await Console.Error.WriteLineAsync(fault);
            verified = faults.Count == 0;
            return result with { Facts = [.. result.Facts, ("acknowledged in all", log.Count), ("faults", faults.Count)] };
        }
    }
}
