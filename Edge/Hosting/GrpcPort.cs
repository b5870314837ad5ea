using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebChat.Edge.Hosting;

/// <summary>
/// Separates the ports: the endpoint <c>Kestrel:Endpoints:Grpc</c> serves gRPC and nothing else, the other endpoints serve
/// everything else. The endpoint that accepted the connection decides, since a client can write any port into its <c>Host</c>
/// header.
/// </summary>
public static class GrpcPort
{
    private static readonly Marker OnGrpcPort = new();

    /// <summary>Marks the connections of the gRPC endpoint.</summary>
    public static void MarkGrpcPort(this KestrelServerOptions options) => options.MarkPort("Grpc", OnGrpcPort);

    /// <summary>Groups the endpoints of gRPC services. They belong to the gRPC port, except those of JSON transcoding.</summary>
    public static IEndpointRouteBuilder MapGrpcPort(this IEndpointRouteBuilder app) => app.MapGroup("").WithMetadata(OnGrpcPort);

    /// <summary>Answers 404 to a request on the wrong port.</summary>
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
