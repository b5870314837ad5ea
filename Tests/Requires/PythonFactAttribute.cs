namespace WebChat.Tests.Requires;

/// <summary>A test that runs a Python client; skipped where Python or its packages are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test can run.</summary>
    public PythonFactAttribute()
    {
        if (Programs.Python is null)
            Skip = "There is no python3 with grpcio and protobuf (Debian: python3-grpcio, python3-protobuf).";
    }
}
