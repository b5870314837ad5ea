using System.Diagnostics;
using WebChat.Tests.Requires;

namespace WebChat.Bench.Fuzz;

/// <summary>Command lines of the server's program, on the data directory of the running server.</summary>
internal sealed class CommandLineTarget(string dataDirectory) : ITarget
{
    private static readonly string[][] Commands =
    [
        ["schema"], ["migrate"], ["backup", "copy.db"], ["restore", "copy.db"], ["restore", "webchat.db"], ["admin", "list"], ["admin", "grant", "root"], ["admin", "revoke", "root"], ["--help"], ["--version"], ["serve"], [],
    ];

    private static readonly string[] Settings =
    [
        "--WebChat:Auth:BcryptWorkFactor=4", "--WebChat:Auth:AccessTokenLifetime=00:15:00", "--WebChat:Limits:MessageBurst=30", "--WebChat:Sessions:GracePeriod=00:02:00", "--WebChat:Database=sqlite", "--WebChat:Proxies:0=10.0.0.5",
        "--WebChat:AllowedOrigins:0=https:", "--WebChat:Voice:IceServers:0:Urls:0=stun:x", "--Kestrel:Endpoints:Web:Url=http:x", "--Logging:LogLevel:Default=Warning", "--AllowedHosts=x", "--environment=Production", "--verbose=false", "--WebChat:MigrateOnStart=true",
    ];

    public string Name => "cli";

    /// <summary>Each starts a process.</summary>
    public int Cost => 20;

    public async Task<Outcome> TryAsync(Cast cast, Random random)
    {
        List<string> arguments = [.. Mutate.Pick(Commands, random), .. Enumerable.Range(0, random.Next(3)).Select(_ => Mutate.Pick(Settings, random))];
        for (var times = random.Next(3); times > 0 && arguments.Count > 0; times--)
        {
            var at = random.Next(arguments.Count);
            switch (random.Next(4))
            {
                case 0:
                    arguments.RemoveAt(at);
                    break;
                case 1:
                    arguments.Insert(at, Mutate.Pick(Odd.Texts, random));
                    break;
                case 2:
                    arguments.Add(arguments[at]);
                    break;
                default:
                    arguments[at] = Mutate.Text(arguments[at], random);
                    break;
            }
        }

        // No argument of a process has a NUL, and no mutated path leads out of the directory.
        var command = arguments.ConvertAll(argument => argument.Replace("\0", "", StringComparison.Ordinal).Replace('/', '_'));
        return await RunAsync(command);
    }

    private async Task<Outcome> RunAsync(List<string> arguments)
    {
        // The running server has the directory, so that no command starts a second one.
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Repository.Output("Edge"), "Edge.dll"), .. arguments, $"--WebChat:DataDirectory={dataDirectory}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = dataDirectory,
            Environment = { ["WebChat__DataDirectory"] = dataDirectory, ["Kestrel__Endpoints__Web__Url"] = "http://127.0.0.1:0", ["Kestrel__Endpoints__Grpc__Url"] = "http://127.0.0.1:0" },
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Outcome.Patience);
        await using var end = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var (output, errors) = (printed[0], printed[1].Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        var fault = process.ExitCode switch
        {
            _ when limit.IsCancellationRequested => "did not end",
            0 when errors.Length == 0 => null,
            1 when errors.Length == 1 => null,
            _ => $"exit code {process.ExitCode}, errors: {string.Join(Environment.NewLine, errors)}",
        };
        fault ??= output.Contains("   at ", StringComparison.Ordinal) || output.Contains("fail:", StringComparison.Ordinal) ? output : null;
        return new(string.Join(' ', arguments.Select(argument => $"'{Outcome.Show(System.Text.Encoding.UTF8.GetBytes(argument))}'")), $"{process.ExitCode}", fault);
    }
}
