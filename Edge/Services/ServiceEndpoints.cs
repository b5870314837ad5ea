using WebChat.Edge.Errors;
using WebChat.Edge.Hosting;
using WebChat.Edge.Limits;
using WebChat.Edge.Pictures;

namespace WebChat.Edge.Services;

/// <summary>Serves the contract over gRPC, and as JSON over HTTP by its annotations.</summary>
public static class ServiceEndpoints
{
    public static IServiceCollection AddWebChatServices(this IServiceCollection services)
    {
        services.AddSingleton<PictureConverter>();
        services.AddSingleton<DataExport>();
        services.AddGrpc(options =>
            {
                options.MaxReceiveMessageSize = SizeLimits.Request;
                // Otherwise every path of two segments, such as /v1/…, would be a method of an unknown service.
                options.IgnoreUnknownServices = true;
                options.Interceptors.Add<RejectionInterceptor>();
            })
            .AddServiceOptions<UserService>(options => options.MaxReceiveMessageSize = SizeLimits.PictureRequest)
            .AddJsonTranscoding(options =>
            {
                options.TypeRegistry = RpcErrors.DetailTypes;
                // As in the JSON of frames.
                options.JsonSettings = new() { IgnoreDefaultValues = true, WriteInt64sAsStrings = true };
            });
        services.AddGrpcReflection();
        return services;
    }

    /// <summary>Maps the services of the contract, server reflection, and gRPC's health service.</summary>
    public static IEndpointRouteBuilder MapWebChatServices(this IEndpointRouteBuilder routes)
    {
        var app = routes.MapGrpcPort();
        app.MapGrpcService<AuthService>().Add(RequestGuard.Guard);
        app.MapGrpcService<UserService>().Add(RequestGuard.Guard);
        app.MapGrpcService<RoomService>().Add(RequestGuard.Guard);
        app.MapGrpcService<MatchService>().Add(RequestGuard.Guard);
        app.MapGrpcService<VoiceService>().Add(RequestGuard.Guard);
        app.MapGrpcService<AdminService>().Add(RequestGuard.Guard);
        // The first frame carries the token, so that a session can outlive it.
        app.MapGrpcService<ChatService>();
        app.MapGrpcReflectionService();
        app.MapGrpcHealthChecksService();
        return routes;
    }
}
