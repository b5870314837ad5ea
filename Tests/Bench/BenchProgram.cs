using System.Diagnostics;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Bench;

/// <summary>The program of <c>Bench</c>, run as its user runs it.</summary>
internal static class BenchProgram
{
    /// <summary>Runs a command line to its end. The output is that of both streams.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(Repository.Output("Bench"), "Bench.dll"), .. arguments.Split(' ')])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // It optimises all code before it runs, which only measurements need.
            Environment = { ["DOTNET_TieredCompilation"] = "1" },
        })!;
        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(printed));
    }
}
