using Google.Protobuf;

namespace WebChat.Edge.Http;

/// <summary>Maps methods of the contract to HTTP.</summary>
internal static class JsonEndpoints
{
    /// <summary>Maps one method: its answer goes out as JSON, what it throws as an error.</summary>
    /// <typeparam name="TCalls">The service that the method is of.</typeparam>
    public static IEndpointConventionBuilder MapJson<TCalls>(this IEndpointRouteBuilder routes, string verb, string pattern, Func<TCalls, JsonCall, Task<IMessage>> method)
        where TCalls : notnull =>
        routes.MapCall<TCalls>(verb, pattern, async (calls, context) =>
        {
            var call = new JsonCall(context);
            await call.Answer(await method(calls, call));
        });
}
