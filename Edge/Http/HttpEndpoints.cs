using WebChat.Actors;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Http;

/// <summary>The JSON interface, under <c>/v1</c>.</summary>
public static class HttpEndpoints
{
    /// <summary>Where the JSON interface lies.</summary>
    public const string Root = "/v1";

    /// <summary>Maps the methods of all services.</summary>
    public static IEndpointRouteBuilder MapWebChatHttp(this IEndpointRouteBuilder app)
    {
        var v1 = app.MapGroup(Root).RequireAuthorization();
        v1.MapAuth();
        v1.MapUser();
        v1.MapAvatars();
        v1.MapRooms();
        v1.MapMatch();
        v1.MapAdmin();
        v1.MapVoice();
        return app;
    }

    /// <summary>Answers what routing refuses under <c>/v1</c>: unknown paths, and methods that a path does not have.</summary>
    public static IApplicationBuilder UseRoutingErrors(this IApplicationBuilder app) => app.UseStatusCodePages(page =>
    {
        var context = page.HttpContext;
        if (!context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal))
            return Task.CompletedTask;
        return context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => RpcErrors.WriteAsync(context, new(ErrorCode.NotFound, "Unknown path.")),
            StatusCodes.Status405MethodNotAllowed =>
                RpcErrors.WriteAsync(context, new(ErrorCode.InvalidArgument, "This path does not have this method."), StatusCodes.Status405MethodNotAllowed),
            var status => RpcErrors.WriteAsync(context, new(ErrorCode.InvalidArgument, "The request could not be read."), status),
        };
    });
}
