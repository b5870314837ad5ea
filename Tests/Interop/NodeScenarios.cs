using System.Diagnostics;
using System.Text;
using System.Text.Json;
using WebChat.Tests.Edge;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Interop;

/// <summary>
/// A Node.js process that runs the scenarios of <c>Tests/Interop/run.js</c> against an Edge, one after the other. A process that
/// a scenario has ended is replaced by another.
/// </summary>
internal sealed class NodeScenarios(EdgeProcess edge) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _errors = new();
    private Process? _node;
    private string[] _names = [];

    /// <summary>Whether Node.js and its packages are installed.</summary>
    public static bool CanRun => new NodeFactAttribute().Skip is null;

    /// <summary>Runs a scenario. A failure shows the scenario's output.</summary>
    /// <param name="name">The scenario's name, with underscores for blanks.</param>
    /// <param name="ready">Runs when the scenario prints READY, for scenarios that wait for an action on the Edge.</param>
    public async Task RunAsync(string name, Func<Task>? ready = null)
    {
        using var limit = new CancellationTokenSource(Limit);
        var node = await RunningAsync(limit.Token);
        await node.StandardInput.WriteLineAsync(name.Replace('_', ' ').AsMemory(), limit.Token);
        var output = new StringBuilder();
        while (await node.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line == "PASSED")
                return;
            if (line == "FAILED")
                break;
            if (line == "READY" && ready is not null)
                await ready();
            output.AppendLine(line);
        }

        Assert.Fail($"{output}{_errors}\nThe Edge printed:\n{edge.Output}");
    }

    /// <summary>The names of all scenarios, with underscores for blanks.</summary>
    public async Task<IReadOnlyList<string>> ListAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await RunningAsync(limit.Token);
        return [.. _names.Select(name => name.Replace(' ', '_'))];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_node is null)
            return;
        _node.Kill(entireProcessTree: true);
        await _node.WaitForExitAsync();
        _node.Dispose();
    }

    private async Task<Process> RunningAsync(CancellationToken cancellationToken)
    {
        if (_node is { HasExited: false })
            return _node;
        _node?.Dispose();
        var start = new ProcessStartInfo(Programs.Node!, "run.js")
        {
            WorkingDirectory = Path.Combine(Repository.Root, "Tests", "Interop"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["WEBCHAT_WEB"] = edge.Web.ToString();
        start.Environment["WEBCHAT_GRPC"] = edge.Grpc.ToString();
        start.Environment["WEBCHAT_DATA"] = edge.DataDirectory;
        _node = Process.Start(start)!;
        _node.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        _node.BeginErrorReadLine();
        var names = await _node.StandardOutput.ReadLineAsync(cancellationToken);
        Assert.True(names is not null, $"Node.js did not start: {_errors}");
        _names = JsonSerializer.Deserialize<string[]>(names)!;
        return _node;
    }
}
