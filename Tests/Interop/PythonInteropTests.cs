using System.Diagnostics;
using WebChat.Tests.Edge;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Interop;

/// <summary>A client of another implementation, Python's <c>grpcio</c>, against a running Edge.</summary>
public sealed class PythonInteropTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [PythonFact]
    public async Task A_client_with_only_server_reflection_uses_every_kind_of_method()
    {
        await using var edge = await EdgeProcess.StartAsync();
        var start = new ProcessStartInfo(Programs.Python!, [Path.Combine(Repository.Root, "Tests", "Interop", "reflection.py")]) { RedirectStandardError = true };
        start.Environment["WEBCHAT_GRPC"] = edge.Grpc.ToString();
        using var python = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var errors = await python.StandardError.ReadToEndAsync(limit.Token);
            await python.WaitForExitAsync(limit.Token);
            Assert.True(python.ExitCode == 0, errors);
        }
        finally
        {
            if (!python.HasExited)
                python.Kill(entireProcessTree: true);
        }
    }
}
