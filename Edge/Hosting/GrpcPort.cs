using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebChat.Edge.Hosting;

/// <summary>
/// Keeps the ports apart: gRPC is served on the endpoint <c>Kestrel:Endpoints:Grpc</c> and nothing else is; all else is
/// served on the others. Connections are told apart by the endpoint that accepted them, since a port in the
/// <c>Host</c> header is the client's word.
/// </summary>
public static class GrpcPort
{
    private static readonly Marker OnGrpcPort = new();

    /// <summary>Marks the connections of the gRPC endpoint.</summary>
    public static void MarkGrpcPort(this KestrelServerOptions options) =>
        options.ConfigurationLoader!.Endpoint("Grpc", endpoint => endpoint.ListenOptions.Use(next => connection =>
        {
            connection.Features.Set(OnGrpcPort);
            return next(connection);
        }));

    /// <summary>Groups the endpoints of gRPC services, which belong to the gRPC port unless they are those of JSON transcoding.</summary>
    public static IEndpointRouteBuilder MapGrpcPort(this IEndpointRouteBuilder app) => app.MapGroup("").WithMetadata(OnGrpcPort);

    /// <summary>Answers 404 to a request on a port that its endpoint does not belong to.</summary>
    public static IApplicationBuilder UseGrpcPort(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var isGrpc = metadata?.GetMetadata<Marker>() is not null && metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is null;
        if (isGrpc == context.Features.Get<Marker>() is not null)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private sealed class Marker;
}
