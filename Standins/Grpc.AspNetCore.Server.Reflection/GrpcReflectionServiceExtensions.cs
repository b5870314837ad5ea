using Grpc.AspNetCore.Server.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds gRPC reflection to an application's services.</summary>
public static class GrpcReflectionServiceExtensions
{
    /// <summary>Adds reflection of the gRPC services that are mapped when it is first asked.</summary>
    public static IServiceCollection AddGrpcReflection(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddGrpc();
        services.TryAddSingleton(provider => new Grpc.Reflection.ReflectionServiceImpl(MappedServices.Of(provider.GetRequiredService<EndpointDataSource>())));
        services.TryAddSingleton(provider => new Grpc.Reflection.ReflectionV1ServiceImpl(MappedServices.Of(provider.GetRequiredService<EndpointDataSource>())));
        return services;
    }
}
