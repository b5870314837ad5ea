using WebChat.Actors;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Http;

/// <summary>Answers routing errors under <c>/v1</c>: unknown paths, and methods that a path does not have.</summary>
public static class RoutingErrors
{
    public static IApplicationBuilder UseRoutingErrors(this IApplicationBuilder app) => app.UseStatusCodePages(page =>
    {
        var context = page.HttpContext;
        if (!context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal))
            return Task.CompletedTask;
        return context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => RpcErrors.WriteAsync(context, new(ErrorCode.NotFound, "Unknown path.")),
            StatusCodes.Status405MethodNotAllowed =>
                RpcErrors.WriteAsync(context, new(ErrorCode.InvalidArgument, "This path does not have this method."), StatusCodes.Status405MethodNotAllowed),
            var status => RpcErrors.WriteAsync(context, new(ErrorCode.InvalidArgument, "The request cannot be read."), status),
        };
    });
}
