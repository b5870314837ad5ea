using Microsoft.AspNetCore.Builder;

namespace Grpc.AspNetCore.Server.Reflection;

/// <summary>Adds conventions to both versions of the service.</summary>
internal sealed class EndpointConventions(params IEndpointConventionBuilder[] services) : IEndpointConventionBuilder
{
    public void Add(Action<EndpointBuilder> convention)
    {
        foreach (var service in services)
        {
            service.Add(convention);
        }
    }

    public void Finally(Action<EndpointBuilder> finallyConvention)
    {
        foreach (var service in services)
        {
            service.Finally(finallyConvention);
        }
    }
}
