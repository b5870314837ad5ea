namespace WebChat.Tests.Requires;

/// <summary>A test that runs nginx; skipped where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NginxFactAttribute : FactAttribute
{
    public NginxFactAttribute()
    {
        if (Programs.Nginx is null)
            Skip = "nginx was not found (on Debian: apt-get install nginx-light).";
    }
}
