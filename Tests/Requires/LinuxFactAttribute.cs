namespace WebChat.Tests.Requires;

/// <summary>A test that uses signals and files of Linux; skipped on other systems.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "The test is for Linux.";
    }
}
