using WebChat.Actors;
using WebChat.Edge.Errors;
using WebChat.Edge.Sessions;

namespace WebChat.Edge.WebSockets;

/// <summary>The real-time stream over WebSocket, at <c>/ws</c>.</summary>
public static class WebSocketEndpoint
{
    /// <summary>Maps <c>/ws</c>.</summary>
    public static IEndpointRouteBuilder MapWebChatSockets(this IEndpointRouteBuilder app)
    {
        app.Map("/ws", Serve);
        return app;
    }

    private static async Task Serve(HttpContext context, OriginCheck origins, SessionGate gate, TimeProvider time)
    {
        var protocol = Check(context, origins);
        using var transport = gate.Enter(context);
        var agreed = context.WebSockets.WebSocketRequestedProtocols.Count == 0 ? null : protocol.Name;
        using var webSocket = await context.WebSockets.AcceptWebSocketAsync(agreed);
        await new WebSocketTransport(webSocket, protocol, transport, time).Run();
    }

    private static SubProtocol Check(HttpContext context, OriginCheck origins)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            throw new RejectedException(new(ErrorCode.InvalidArgument, "This address speaks only WebSocket."));
        if (!origins.Allows(context.Request))
            throw new RejectedException(new(ErrorCode.PermissionDenied, "Pages of this origin cannot connect."));
        return SubProtocol.Choose(context.WebSockets.WebSocketRequestedProtocols)
            ?? throw new RejectedException(new(ErrorCode.InvalidArgument, $"The sub-protocols are {SubProtocol.Json.Name} and {SubProtocol.Proto.Name}."));
    }
}
