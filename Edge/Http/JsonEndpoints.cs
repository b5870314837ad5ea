using Google.Protobuf;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Http;

/// <summary>Maps methods of the contract to HTTP.</summary>
internal static class JsonEndpoints
{
    /// <summary>Maps one method: its answer goes out as JSON, what it throws as a problem.</summary>
    /// <typeparam name="TCalls">The service that the method is of.</typeparam>
    public static IEndpointConventionBuilder MapJson<TCalls>(this IEndpointRouteBuilder routes, string verb, string pattern, Func<TCalls, JsonCall, Task<IMessage>> method)
        where TCalls : notnull =>
        routes.MapMethods(pattern, [verb], async (HttpContext context) =>
        {
            var services = context.RequestServices;
            try
            {
                var call = new JsonCall(context);
                await call.Answer(await method(services.GetRequiredService<TCalls>(), call));
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // The client has gone: there is nobody to answer.
            }
            catch (Exception failure) when (!context.Response.HasStarted)
            {
                await Problems.Write(context, services.GetRequiredService<Failures>().Explain(failure));
            }
        });
}
