using WebChat.Actors;

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
        v1.MapPictures();
        v1.MapRooms();
        v1.MapMatch();
        v1.MapAdmin();
        v1.MapVoice();
        return app;
    }

    /// <summary>Gives what routing refuses under <c>/v1</c> the form of a problem: unknown paths, and verbs that a path does not know.</summary>
    public static IApplicationBuilder UseProblems(this IApplicationBuilder app) => app.UseStatusCodePages(page =>
    {
        var context = page.HttpContext;
        if (!context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal))
            return Task.CompletedTask;
        return context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problems.Write(context, new(ErrorCode.NotFound, "There is nothing under this path.")),
            StatusCodes.Status405MethodNotAllowed =>
                Problems.Write(context, new(ErrorCode.InvalidArgument, "This path does not know this verb."), StatusCodes.Status405MethodNotAllowed),
            var status => Problems.Write(context, new(ErrorCode.InvalidArgument, "The request could not be read."), status),
        };
    });
}
