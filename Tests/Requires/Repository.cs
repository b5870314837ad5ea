namespace WebChat.Tests.Requires;

/// <summary>The paths of the repository.</summary>
public static class Repository
{
    /// <summary>The solution's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The build output of a project of this solution, in the configuration that the tests were built in.</summary>
    public static string Output(string project)
    {
        // Tests/bin/<configuration>/<framework>/ names both.
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root, project, "bin", framework.Parent!.Name, framework.Name);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WebChat.Akka.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No WebChat.Akka.sln in a folder above {AppContext.BaseDirectory}.");
    }
}
