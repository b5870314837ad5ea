namespace WebChat.Tests.Requires;

/// <summary>A test that drives a browser; skipped where there is no Chromium.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Programs.Chromium is null)
            Skip = "Chromium is not on the PATH (on Debian: apt-get install chromium).";
    }
}
