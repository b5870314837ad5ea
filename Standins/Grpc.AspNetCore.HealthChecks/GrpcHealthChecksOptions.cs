namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Options of the gRPC health service.</summary>
public sealed class GrpcHealthChecksOptions
{
    /// <summary>The gRPC services and the health checks that each stands on. At first the empty name, with all checks.</summary>
    public ServiceMappingCollection Services { get; } = [];

    /// <summary>Whether a client is told what the checks last said rather than what they say when it asks.</summary>
    public bool UseHealthChecksCache { get; set; }

    /// <summary>Whether watches go on while the application stops. They are ended otherwise, with NotServing, so that they do not hold it up.</summary>
    public bool SuppressCompletionOnShutdown { get; set; }
}
