namespace WebChat.Tests.Requires;

/// <summary>A test that starts a PostgreSQL server of its own; skipped where the server's programs are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (Programs.InitDb is null)
            Skip = "PostgreSQL's initdb was not found (on Debian: apt-get install postgresql).";
    }
}
