using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using WebChat.Tests.Requires;

namespace WebChat.Bench.Load;

/// <summary>A server under load: a process of its own on loopback ports, with a data directory of its own. Killed, and its data deleted, at dispose.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly string _program;
    private readonly IEnumerable<string> _prefix;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly StringBuilder _output = new();
    private Process? _process;

    private ServerProcess(string project, IEnumerable<string> prefix, IReadOnlyDictionary<string, string>? environment)
    {
        _program = Path.Combine(Repository.Output(project), $"{Path.GetFileName(project)}.dll");
        (_prefix, _environment) = (prefix, environment ?? new Dictionary<string, string>());
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("webchat-load-").FullName;

    /// <summary>Where it listens, in the order in which it prints its addresses.</summary>
    public Uri[] Addresses { get; private set; } = [];

    /// <summary>The process, to read its CPU time and memory from.</summary>
    public ProcessUse Use { get; private set; } = null!;

    /// <summary>Starts a project of this solution and waits until it prints where it listens.</summary>
    /// <param name="project">The project's folder, such as <c>Edge</c>.</param>
    /// <param name="prefix">A program that becomes the server, before its command line; see <see cref="Pin"/>.</param>
    /// <param name="arguments">Its command line, made from the data directory.</param>
    /// <param name="environment">Further environment variables.</param>
    public static async Task<ServerProcess> StartAsync(
        string project, IEnumerable<string> prefix, Func<string, IEnumerable<string>> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var server = new ServerProcess(project, prefix, environment);
        try
        {
            await server.StartAsync(arguments(server.DataDirectory));
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The prefix of a server that may use some CPUs, as <c>taskset</c> reads them; null for all.</summary>
    public static string[] Pin(string? cores) => cores is null ? [] : ["taskset", "-c", cores];

    /// <summary>Kills the process and starts it again on the same data. Its addresses change.</summary>
    public async Task RestartAsync(Func<string, IEnumerable<string>> arguments)
    {
        await KillAsync();
        await StartAsync(arguments(DataDirectory));
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        await KillAsync();
        Directory.Delete(DataDirectory, recursive: true);
    }

    [GeneratedRegex(@"^(WebChat is ready|\s*Now listening on): ")]
    private static partial Regex Ready();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    private async Task StartAsync(IEnumerable<string> arguments)
    {
        string[] command = [.. _prefix, "dotnet", _program, .. arguments];
        var listening = new TaskCompletionSource<Uri[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process
        {
            StartInfo = new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = DataDirectory },
            EnableRaisingEvents = true,
        };
        // Production refuses the cheap password hashes that bulk sign-ups need.
        process.StartInfo.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        process.StartInfo.Environment.Remove("ASPNETCORE_URLS");
        foreach (var (name, value) in _environment)
            process.StartInfo.Environment[name] = value;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"{Path.GetFileName(_program)} has ended.\n{_output}"));
        process.Start();
        _process = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Addresses = await listening.Task;
        Use = new(process.Id);

        void Read(string? line)
        {
            lock (_output)
                _output.AppendLine(line);
            if (line is not null && Ready().IsMatch(line))
                listening.TrySetResult([.. Address().Matches(line).Select(match => new Uri(match.Value))]);
        }
    }

    private async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    private void KillAtExit(object? sender, EventArgs e) => _process?.Kill();
}

/// <summary>What a process of this machine uses.</summary>
internal sealed class ProcessUse(int id)
{
    private readonly Process _process = Process.GetProcessById(id);

    public int Id => id;

    /// <summary>CPU time since its start.</summary>
    public TimeSpan Cpu => Fresh().TotalProcessorTime;

    /// <summary>Bytes of physical memory.</summary>
    public long Memory => Fresh().WorkingSet64;

    /// <summary>Keeps all threads of the process, and those that they start, on some CPUs.</summary>
    public async Task PinAsync(string cores)
    {
        using var taskset = Process.Start(new ProcessStartInfo("taskset", ["-a", "-p", "-c", cores, $"{id}"]) { RedirectStandardOutput = true })!;
        await taskset.WaitForExitAsync();
        if (taskset.ExitCode != 0)
            throw new InvalidOperationException($"taskset cannot pin process {id} to CPU {cores}.");
    }

    private Process Fresh()
    {
        _process.Refresh();
        return _process;
    }
}
