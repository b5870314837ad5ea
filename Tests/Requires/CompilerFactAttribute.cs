namespace WebChat.Tests.Requires;

/// <summary>A test that puts a library of its own between a process and the system; skipped where it cannot be compiled.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CompilerFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test can run.</summary>
    public CompilerFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "The library is for Linux.";
        else if (Programs.Compiler is null)
            Skip = "There is no C compiler on the PATH (on Debian: apt-get install gcc libc6-dev).";
    }
}
