using System.Diagnostics;

namespace WebChat.Tests.Requires;

/// <summary>Finds the programs that some tests need beside the .NET SDK.</summary>
public static class Programs
{
    /// <summary>Node.js, or null.</summary>
    public static string? Node { get; } = Find("node");

    /// <summary>A Python 3 with grpcio and protobuf, or null.</summary>
    public static string? Python { get; } = new[] { Find("python3"), "/usr/bin/python3" }.FirstOrDefault(python => File.Exists(python) && Runs(python, "-c", "import grpc, google.protobuf"));

    /// <summary>A Chromium that Playwright can drive, or null.</summary>
    public static string? Chromium { get; } = Find("chromium") ?? Find("chromium-browser") ?? Find("google-chrome");

    /// <summary>A C compiler, or null.</summary>
    public static string? Compiler { get; } = Find("cc") ?? Find("gcc");

    /// <summary>Prometheus, or null.</summary>
    public static string? Prometheus { get; } = Find("prometheus");

    /// <summary>The tool that checks Prometheus' files, or null.</summary>
    public static string? Promtool { get; } = Find("promtool");

    /// <summary>nginx, or null. Debian keeps it off the PATH of users.</summary>
    public static string? Nginx { get; } = Find("nginx") ?? new[] { "/usr/sbin/nginx" }.FirstOrDefault(File.Exists);

    /// <summary>PostgreSQL's initdb, or null. The server's other programs are beside it, once links are followed.</summary>
    public static string? InitDb { get; } = FindInitDb();

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private static bool Runs(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static string? FindInitDb()
    {
        if (Find("initdb") is { } found)
            return new FileInfo(found).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? found;

        // Debian keeps the server's programs off the PATH, by version.
        const string Debian = "/usr/lib/postgresql";
        return Directory.Exists(Debian)
            ? Directory.EnumerateDirectories(Debian).Select(version => Path.Combine(version, "bin", "initdb")).Where(File.Exists).Order().LastOrDefault()
            : null;
    }
}
