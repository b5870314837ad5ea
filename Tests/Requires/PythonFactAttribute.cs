namespace WebChat.Tests.Requires;

/// <summary>A test that runs a Python client; skipped where Python or its packages are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        if (Programs.Python is null)
            Skip = "python3 with grpcio and protobuf was not found (on Debian: python3-grpcio, python3-protobuf).";
    }
}
