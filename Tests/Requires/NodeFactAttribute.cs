namespace WebChat.Tests.Requires;

/// <summary>A test that runs a Node.js client of <c>Tests/Interop</c>; skipped where Node.js or its packages are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (Programs.Node is null)
            Skip = "Node.js is not on the PATH.";
        else if (!Directory.Exists(Path.Combine(Repository.Root, "Tests", "Interop", "node_modules")))
            Skip = "Tests/Interop has no packages: run npm ci in Tests/Interop.";
    }
}
