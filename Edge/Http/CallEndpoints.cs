using WebChat.Edge.Errors;

namespace WebChat.Edge.Http;

/// <summary>Maps calls of the services to HTTP.</summary>
internal static class CallEndpoints
{
    /// <summary>Maps one call, which writes its own answer; what it throws goes out as an error.</summary>
    /// <typeparam name="TCalls">The service that the method is of.</typeparam>
    public static IEndpointConventionBuilder MapCall<TCalls>(this IEndpointRouteBuilder routes, string verb, string pattern, Func<TCalls, HttpContext, Task> method)
        where TCalls : notnull =>
        routes.MapMethods(pattern, [verb], async (HttpContext context) =>
        {
            var services = context.RequestServices;
            try
            {
                await method(services.GetRequiredService<TCalls>(), context);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // The client has gone: there is nobody to answer.
            }
            catch (Exception failure) when (!context.Response.HasStarted)
            {
                await RpcErrors.WriteAsync(context, services.GetRequiredService<Failures>().Explain(failure));
            }
        });
}
