using System.Diagnostics;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Actors.Persistence.Faults.PowerCut;

/// <summary>A process of this assembly that has its database operations recorded until it is killed.</summary>
internal static class WatchedProcess
{
    private static readonly Lazy<Task<string>> Library = new(Compile);

    /// <summary>Runs the process until it has printed a number of acknowledgements.</summary>
    public static async Task<DiskLog> Run(string database, int lines, params string[] arguments)
    {
        var log = Path.GetTempFileName();
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(WatchedProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["LD_PRELOAD"] = await Library.Value,
                ["POWERCUT_DATABASE"] = database,
                ["POWERCUT_LOG"] = log,
            },
        };
        using var process = Process.Start(start)!;
        for (var said = 0; await process.StandardOutput.ReadLineAsync() is { } line;)
        {
            if (line != "refused" && ++said == lines)
                process.Kill();
        }

        await process.WaitForExitAsync();
        var read = DiskLog.Read(log);
        File.Delete(log);
        return read;
    }

    private static async Task<string> Compile()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "powercut.so");
        var source = Path.Combine(Repository.Root, "Tests", "Actors", "Persistence", "Faults", "PowerCut", "powercut.c");
        using var compiler = Process.Start(Programs.Compiler!, ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library, source, "-ldl"]);
        await compiler.WaitForExitAsync();
        Assert.Equal(0, compiler.ExitCode);
        return library;
    }
}
