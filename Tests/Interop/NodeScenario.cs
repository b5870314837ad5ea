using System.Diagnostics;
using System.Text;
using WebChat.Tests.Edge;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Interop;

/// <summary>Runs the scenarios of <c>Tests/Interop/run.js</c>.</summary>
internal static class NodeScenario
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Whether Node.js and its packages are installed.</summary>
    public static bool CanRun => new NodeFactAttribute().Skip is null;

    /// <summary>Runs a scenario against an Edge. A failure shows the scenario's output.</summary>
    /// <param name="edge">The Edge.</param>
    /// <param name="name">The scenario's name, with underscores for blanks.</param>
    /// <param name="ready">Runs when the scenario prints READY, for scenarios that wait for an action on the Edge.</param>
    public static async Task RunAsync(EdgeProcess edge, string name, Func<Task>? ready = null)
    {
        var (code, output) = await NodeAsync(name.Replace('_', ' '), edge, ready);
        Assert.True(code == 0, $"{output}\nThe Edge printed:\n{edge.Output}");
    }

    /// <summary>The names of all scenarios, with underscores for blanks.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync()
    {
        var (code, output) = await NodeAsync("--list", edge: null, ready: null);
        Assert.True(code == 0, output);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => name.Replace(' ', '_'))];
    }

    private static async Task<(int Code, string Output)> NodeAsync(string argument, EdgeProcess? edge, Func<Task>? ready)
    {
        var start = new ProcessStartInfo(Programs.Node!)
        {
            WorkingDirectory = Path.Combine(Repository.Root, "Tests", "Interop"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "run.js", argument },
        };
        if (edge is not null)
        {
            start.Environment["WEBCHAT_WEB"] = edge.Web.ToString();
            start.Environment["WEBCHAT_GRPC"] = edge.Grpc.ToString();
            start.Environment["WEBCHAT_DATA"] = edge.DataDirectory;
        }

        using var node = Process.Start(start) ?? throw new InvalidOperationException("Node.js did not start.");
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var errors = node.StandardError.ReadToEndAsync(limit.Token);
            var output = new StringBuilder();
            while (await node.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                output.AppendLine(line);
                if (line == "READY" && ready is not null)
                    await ready();
            }

            output.Append(await errors);
            await node.WaitForExitAsync(limit.Token);
            return (node.ExitCode, output.ToString());
        }
        finally
        {
            if (!node.HasExited)
                node.Kill(entireProcessTree: true);
        }
    }
}
