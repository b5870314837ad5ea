namespace Grpc.AspNetCore.HealthChecks;

/// <summary>A health check, to be chosen or not.</summary>
public sealed class HealthCheckMapContext
{
    /// <summary>A check of this name with these tags.</summary>
    public HealthCheckMapContext(string name, IEnumerable<string> tags)
    {
        Name = name;
        Tags = tags;
    }

    /// <summary>The check's name.</summary>
    public string Name { get; }

    /// <summary>The check's tags.</summary>
    public IEnumerable<string> Tags { get; }
}
