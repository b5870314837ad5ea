using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server.Reflection;

/// <summary>The services that an application has mapped.</summary>
internal static class MappedServices
{
    /// <summary>The descriptor of each mapped service whose binding class has one, as generated classes do.</summary>
    public static IReadOnlyList<ServiceDescriptor> Of(EndpointDataSource endpoints) =>
    [
        .. endpoints.Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType)
            .OfType<Type>()
            .Distinct()
            .Select(Descriptor)
            .OfType<ServiceDescriptor>()
            .DistinctBy(descriptor => descriptor.FullName),
    ];

    private static ServiceDescriptor? Descriptor(Type serviceType) =>
        serviceType.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)?.BindType
            .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static, null, typeof(ServiceDescriptor), [], null)
            ?.GetValue(null) as ServiceDescriptor;
}
