using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the methods of a service, which <see cref="Grpc.Core.BindServiceMethodAttribute"/> on its type or a base type names.
    /// The service comes from the application's services where they have it, and is made for each call otherwise.
    /// </summary>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var registry = builder.ServiceProvider.GetService<GrpcEndpointRegistry>()
            ?? throw new InvalidOperationException("gRPC's services are missing: call IServiceCollection.AddGrpc.");
        return new(registry.Map<TService>(builder));
    }
}
