using Xunit.Abstractions;

[assembly: TestCollectionOrderer("WebChat.Tests.LongestFirst", "Tests")]

namespace WebChat.Tests;

/// <summary>Starts the classes that take minutes first, so that the others fill the time beside them and no core waits at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = ["ScreensInTheBrowserTests", "SimulationTests", "LoadToolTests", "ChatInTheBrowserTests", "LockedDatabaseTests", "CallInTheBrowserTests"];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => Longest.Any(name => collection.DisplayName.EndsWith(name, StringComparison.Ordinal)));
}
