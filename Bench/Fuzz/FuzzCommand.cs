using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using WebChat.Bench.Load;
using WebChat.Tests.Edge;
using WebChat.V1;

namespace WebChat.Bench.Fuzz;

/// <summary><c>fuzz</c>: sends mutated inputs to a server of its own and judges what comes of them.</summary>
internal static class FuzzCommand
{
    private const double MostMemoryGrowthMiB = 256;
    private const double MostSlowdown = 2;
    private const int FaultsShown = 50;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);
    private static readonly string[] Names = ["ws", "http", "grpc", "cli"];

    private static readonly Option<double> Minutes = LoadCommand.Seconds("--minutes", 10, "How long it runs");
    private static readonly Option<int> Iterations = LoadCommand.Number("--iterations", 0, 1, 100_000_000, "Inputs of each kind, instead of --minutes, and a twentieth of it command lines; how fast the neighbour is answered is then not judged");
    private static readonly Option<int> Seed = new("--seed") { Description = "Decides on all inputs", DefaultValueFactory = _ => Random.Shared.Next() };
    private static readonly Option<int> Start = LoadCommand.Number("--start", 0, 0, int.MaxValue, "The first round, to repeat a finding");
    private static readonly Option<int> Rate = LoadCommand.Number("--rate", 40, 1, 10_000, "Inputs of each kind a second, at the most");
    private static readonly Option<string[]> Only = new("--only") { Description = "Kinds of inputs", DefaultValueFactory = _ => Names, AllowMultipleArgumentsPerToken = true };

    public static Command Create()
    {
        Only.AcceptOnlyFromAmong(Names);
        var command = new Command("fuzz", "Send mutated frames, requests, calls and command lines to a server, and look for faults") { Minutes, Iterations, Seed, Start, Rate, Only };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var (seed, only) = (options.GetValue(Seed), options.GetValue(Only)!);
        int? iterations = options.GetValue(Iterations) is var most and > 0 ? most : null;
        Console.WriteLine($"seed {seed}");
        await using var edge = await EdgeProcess.StartAsync(
            ("WebChat:Auth:AccessTokenLifetime", "1.00:00:00"), ("WebChat:Rooms:PromptAfter", "1.00:00:00"), ("Logging:Console:FormatterName", "simple"), ("Logging:Console:FormatterOptions:SingleLine", "true"));
        var admin = await AppointAdminAsync(edge);
        await using var server = WebChatServer.At(edge.Web, edge.Grpc, edge.ProcessId);
        using var grpc = new GrpcTarget(edge.Grpc);
        ITarget[] online = [.. new ITarget[] { new SocketTarget(edge.Web), new HttpTarget(edge.Web), grpc }.Where(target => only.Contains(target.Name))];
        ITarget[] offline = [.. new ITarget[] { new CommandLineTarget(edge.DataDirectory) }.Where(target => only.Contains(target.Name))];

        var neighbour = await Neighbour.ConnectAsync(server);
        var quiet = await neighbour.TalkDuringAsync(iterations is null ? Task.Delay(Quiet, cancellationToken) : Task.CompletedTask);
        var (memory, logged) = (server.Use!.Memory, edge.Output.Length);
        var time = TimeSpan.FromMinutes(options.GetValue(Minutes));
        var run = new FuzzRun(server, admin, seed, options.GetValue(Start), TimeSpan.FromSeconds(1.0 / options.GetValue(Rate)));
        var fuzzing = run.AllAsync(online, iterations, offline.Length > 0 ? time * 0.8 : time, cancellationToken);
        var noisy = await neighbour.TalkDuringAsync(fuzzing);
        var growth = edge.HasEnded ? 0 : (server.Use.Memory - memory) / 1048576.0;
        // Programs that start take the processors from the neighbour, and tell nothing about the server.
        await run.AllAsync(offline, iterations, time * 0.2, cancellationToken);

        var faults = run.Faults.Concat(edge.Output[logged..].Split(Environment.NewLine).Where(IsError).Select(line => $"log: {line}")).ToList();
        if (edge.HasEnded)
            faults.Add("server: has ended");
        if (growth > MostMemoryGrowthMiB)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"memory: grew by {growth:N0} MiB, more than {MostMemoryGrowthMiB} MiB"));
        if (neighbour.Fault is { } fault)
            faults.Add($"neighbour: {fault}");
        var (before, during) = (quiet.Percentile(99), noisy.Percentile(99));
        if (iterations is null && during > MostSlowdown * before)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"neighbour: acknowledgement p99 {during:N1} ms, more than {MostSlowdown} times the {before:N1} ms without fuzzing"));
        AnsiConsole.Write(run.ToTable());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"neighbour: {noisy.Count} messages, p99 {during:N1} ms, without fuzzing {before:N1} ms; server memory {growth:+0;-0} MiB; {faults.Count} findings"));
        foreach (var found in faults.Take(FaultsShown))
            Console.WriteLine($"\n{found}");
        return faults.Count == 0 ? 0 : 1;
    }

    private static async Task<Credentials> AppointAdminAsync(EdgeProcess edge)
    {
        using var api = new Clients.ChatApi(edge.Web);
        var password = Guid.NewGuid().ToString("N");
        var admin = await api.SignUpAsync("admin", password, "Admin");
        await edge.StopAsync();
        if (await edge.RunAsync("admin", "grant", admin.User.Username) is { ExitCode: not 0 } failed)
            throw new InvalidOperationException(string.Join(Environment.NewLine, failed.Lines));
        await edge.RestartAsync();
        return await api.LogInAsync(admin.User.Username, password);
    }

    private static bool IsError(string line) =>
        line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal) || line.Contains("Unhandled exception", StringComparison.Ordinal);
}
