namespace WebChat.Tests.Requires;

/// <summary>Where the files of the project are, for tests of what it builds.</summary>
public static class Repository
{
    /// <summary>The folder that the solution is in.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The build output of a project of this solution, in the configuration that the tests were built in.</summary>
    public static string Output(string project)
    {
        // Tests/bin/<configuration>/<framework>/ tells both.
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
