using WebChat.Edge.Hosting;

namespace WebChat.Edge.Grpc;

/// <summary>The gRPC interface.</summary>
public static class GrpcEndpoints
{
    /// <summary>Maps the services of the contract, server reflection, and gRPC's own health service.</summary>
    public static IEndpointRouteBuilder MapWebChatGrpc(this IEndpointRouteBuilder routes)
    {
        var app = routes.MapGrpcPort();
        app.MapGrpcService<AuthGrpc>();
        app.MapGrpcService<UserGrpc>().RequireAuthorization();
        app.MapGrpcService<RoomGrpc>().RequireAuthorization();
        app.MapGrpcService<MatchGrpc>().RequireAuthorization();
        app.MapGrpcService<VoiceGrpc>().RequireAuthorization();
        app.MapGrpcService<AdminGrpc>().RequireAuthorization();
        // The token comes with the first frame, so that a session can outlive it.
        app.MapGrpcService<ChatGrpc>();
        app.MapGrpcReflectionService();
        app.MapGrpcHealthChecksService();
        return routes;
    }
}
