using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using WebChat.Clients;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Edge;

/// <summary>
/// The built Edge as a separate process, on free loopback ports and its own data directory, so that a test can kill it and
/// restart it. Killed, and its data deleted, at dispose.
/// </summary>
public sealed class EdgeProcess : IAsyncDisposable
{
    private const int TerminationSignal = 15;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    // Below the range of outgoing connections' ports: no other process takes them between a kill and a restart.
    private const int FirstPort = 20_000;
    private const int LastPort = 32_000;
    private static int NextPort = Random.Shared.Next(FirstPort, LastPort);

    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly StringBuilder _output = new();
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(5) };
    private Process? _process;

    private EdgeProcess(IReadOnlyDictionary<string, string> settings)
    {
        _settings = settings;
        DataDirectory = Directory.CreateTempSubdirectory("webchat-").FullName;
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>The data directory.</summary>
    public string DataDirectory { get; }

    /// <summary>The journal.</summary>
    public string DatabaseFile => Path.Combine(DataDirectory, "webchat.db");

    /// <summary>The port of the page, JSON and WebSocket.</summary>
    public int WebPort { get; private set; }

    /// <summary>The port of gRPC, HTTP/2 in clear text.</summary>
    public int GrpcPort { get; private set; }

    /// <summary>The id of the process.</summary>
    public int ProcessId => Running().Id;

    /// <summary>Whether the process has ended by itself.</summary>
    public bool HasEnded => Running().HasExited;

    /// <summary>The web address.</summary>
    public Uri Web => new($"http://127.0.0.1:{WebPort}");

    /// <summary>The gRPC address.</summary>
    public Uri Grpc => new($"http://127.0.0.1:{GrpcPort}");

    /// <summary>Connects a client that has not said hello.</summary>
    public Task<ChatClient> ConnectAsync(ChatTransport transport) => ChatClient.ConnectAsync(transport == ChatTransport.Grpc ? Grpc : Web, transport);

    /// <summary>The output of the process so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts an Edge and waits until it is ready.</summary>
    /// <param name="settings">Configuration keys (<c>WebChat:Sessions:GracePeriod</c>) that differ from the tests' defaults: cheap password hashes, and rate limits that no test reaches.</param>
    public static async Task<EdgeProcess> StartAsync(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string>
        {
            ["WebChat:Auth:BcryptWorkFactor"] = "4",
            ["WebChat:Limits:SignUpsPerHour"] = "1000000",
            ["WebChat:Limits:GuestsPerHour"] = "1000000",
            ["WebChat:Limits:GuestMessagesPerSecond"] = "1000000",
            ["WebChat:Limits:GuestMessageBurst"] = "1000000",
            ["WebChat:Limits:LogInsPerQuarterHour"] = "1000000",
            ["WebChat:Limits:ReadsPerSecond"] = "1000000",
            ["WebChat:Limits:ReadBurst"] = "1000000",
            ["WebChat:Limits:MessagesPerSecond"] = "1000000",
            ["WebChat:Limits:MessageBurst"] = "1000000",
            ["WebChat:Limits:ConnectionsPerUser"] = "100",
            ["WebChat:Limits:GreetingsPerAddress"] = "100000",
        };
        foreach (var (key, value) in settings)
            all[key] = value;

        var edge = new EdgeProcess(all);
        try
        {
            await edge.StartOnFreePortsAsync();
            return edge;
        }
        catch
        {
            await edge.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the process at once, as a power cut would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        var process = Running();
        process.Kill();
        await process.WaitForExitAsync();
        Forget();
    }

    /// <summary>Stops the process (SIGTERM), waits for its end, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        var process = Running();
        if (SendSignal(process.Id, TerminationSignal) != 0)
            throw new InvalidOperationException($"The signal did not reach the Edge: error {Marshal.GetLastPInvokeError()}.");
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The Edge was still running {StopLimit.TotalSeconds} s after SIGTERM.\n{Output}");
        }

        var code = process.ExitCode;
        Forget();
        return code;
    }

    /// <summary>Restarts it after <see cref="KillAsync"/> or <see cref="StopAsync"/>, with the same data and ports.</summary>
    public async Task RestartAsync()
    {
        if (_process is not null)
            throw new InvalidOperationException("The Edge is running: kill or stop it first.");
        Launch();
        await WaitUntilReadyAsync();
    }

    /// <summary>Runs a command on the Edge's data and returns its exit code and its output by lines.</summary>
    public Task<(int ExitCode, string[] Lines)> RunAsync(params string[] arguments) => RunAsync([], [.. arguments, .. Settings]);

    /// <summary>Runs the program until it ends and returns its exit code and its output by lines.</summary>
    public static async Task<(int ExitCode, string[] Lines)> RunAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        var start = StartInfo(arguments);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(StartLimit);
        // A server that should have refused to start, and did not, ends here.
        await using var end = limit.Token.Register(process.Kill);
        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(printed).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            Forget();
        }

        _probe.Dispose();
        Directory.Delete(DataDirectory, recursive: true);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);

    /// <summary>A port that no process uses now.</summary>
    public static int FreePort()
    {
        for (var tries = 0; tries < LastPort - FirstPort; tries++)
        {
            var port = FirstPort + (Interlocked.Increment(ref NextPort) % (LastPort - FirstPort));
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Another process has this port; try the next one.
            }
        }

        throw new InvalidOperationException("There is no free port.");
    }

    private async Task StartOnFreePortsAsync()
    {
        for (var tries = 0; ; tries++)
        {
            WebPort = FreePort();
            GrpcPort = FreePort();
            Launch();
            try
            {
                await WaitUntilReadyAsync();
                return;
            }
            catch (InvalidOperationException) when (tries < 3 && Output.Contains("already in use", StringComparison.OrdinalIgnoreCase))
            {
                // Another process took a port between the check and the start.
                Forget();
            }
        }
    }

    private IEnumerable<string> Settings =>
    [
        $"--Kestrel:Endpoints:Web:Url=http://127.0.0.1:{WebPort}",
        $"--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:{GrpcPort}",
        $"--WebChat:DataDirectory={DataDirectory}",
        .. _settings.Select(setting => $"--{setting.Key}={setting.Value}"),
    ];

    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Repository.Output("Edge"), "Edge.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        start.Environment["DOTNET_ENVIRONMENT"] = "Testing";
        start.Environment.Remove("ASPNETCORE_URLS");
        // The test platform's own start-up hooks must not run in the process under test.
        start.Environment.Remove("DOTNET_STARTUP_HOOKS");
        start.Environment.Remove("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES");
        return start;
    }

    private void Launch()
    {
        var process = new Process { StartInfo = StartInfo(Settings) };
        process.OutputDataReceived += Print;
        process.ErrorDataReceived += Print;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
    }

    private async Task WaitUntilReadyAsync()
    {
        var process = Running();
        var started = Stopwatch.StartNew();
        while (started.Elapsed < StartLimit)
        {
            if (process.HasExited)
            {
                await process.WaitForExitAsync();
                throw new InvalidOperationException($"The Edge ended with {process.ExitCode} before it was ready.\n{Output}");
            }

            if (await IsReadyAsync())
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        throw new TimeoutException($"The Edge was not ready after {StartLimit.TotalSeconds} s.\n{Output}");
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _probe.GetAsync(new Uri(Web, "/readyz"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private Process Running() => _process ?? throw new InvalidOperationException("The Edge is not running.");

    private void Forget()
    {
        _process?.Dispose();
        _process = null;
    }

    private void Print(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }

    private void KillAtExit(object? sender, EventArgs e) => _process?.Kill(entireProcessTree: true);
}
