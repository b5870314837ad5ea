namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds conventions, such as authorization, to all methods of a mapped service.</summary>
public sealed class GrpcServiceEndpointConventionBuilder : IEndpointConventionBuilder
{
    private readonly List<IEndpointConventionBuilder> _endpoints;

    internal GrpcServiceEndpointConventionBuilder(List<IEndpointConventionBuilder> endpoints)
    {
        _endpoints = endpoints;
    }

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention) => _endpoints.ForEach(endpoint => endpoint.Add(convention));

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention) => _endpoints.ForEach(endpoint => endpoint.Finally(finallyConvention));
}
