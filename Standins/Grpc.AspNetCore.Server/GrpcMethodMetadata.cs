using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>What an endpoint's metadata tells of its gRPC method.</summary>
public sealed class GrpcMethodMetadata
{
    /// <summary>A method of a service type.</summary>
    public GrpcMethodMetadata(Type serviceType, IMethod method)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        ArgumentNullException.ThrowIfNull(method);
        ServiceType = serviceType;
        Method = method;
    }

    /// <summary>The type that implements the service.</summary>
    public Type ServiceType { get; }

    /// <summary>The method.</summary>
    public IMethod Method { get; }
}
