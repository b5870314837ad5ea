namespace WebChat.Tests.Requires;

/// <summary>Finds the programs that some tests need and that a machine with nothing but the .NET SDK lacks.</summary>
public static class Programs
{
    /// <summary>Node.js, or null.</summary>
    public static string? Node { get; } = Find("node");

    /// <summary>A Chromium that Playwright can drive, or null.</summary>
    public static string? Chromium { get; } = Find("chromium") ?? Find("chromium-browser") ?? Find("google-chrome");

    /// <summary>A C compiler, or null.</summary>
    public static string? Compiler { get; } = Find("cc") ?? Find("gcc");

    /// <summary>PostgreSQL's initdb, or null. The server's other programs lie beside it, once links are followed.</summary>
    public static string? InitDb { get; } = FindInitDb();

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

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
