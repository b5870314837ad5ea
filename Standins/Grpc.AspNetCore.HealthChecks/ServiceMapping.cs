namespace Grpc.AspNetCore.HealthChecks;

/// <summary>A gRPC service and the health checks that it stands on.</summary>
public sealed class ServiceMapping
{
    /// <summary>The service of this name stands on the checks that the predicate chooses.</summary>
    public ServiceMapping(string name, Func<HealthCheckMapContext, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(predicate);
        Name = name;
        HealthCheckPredicate = predicate;
    }

    /// <summary>The service's name; empty for the server as a whole.</summary>
    public string Name { get; }

    /// <summary>Chooses the checks.</summary>
    public Func<HealthCheckMapContext, bool>? HealthCheckPredicate { get; }
}
