namespace WebChat.Tests.Requires;

/// <summary>A test that preloads a library of its own into a process; skipped where the library cannot be compiled.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "The library is for Linux.";
        else if (Programs.Compiler is null)
            Skip = "There is no C compiler on the PATH (on Debian: apt-get install gcc libc6-dev).";
    }
}
