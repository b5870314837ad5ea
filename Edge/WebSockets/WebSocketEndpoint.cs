using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using WebChat.Actors;
using WebChat.Edge.Errors;
using WebChat.Edge.Sessions;

namespace WebChat.Edge.WebSockets;

/// <summary>The real-time stream over WebSocket, at <c>/ws</c>.</summary>
public static class WebSocketEndpoint
{
    // Longer than bytes are on their way.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);

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
        if (!await new WebSocketTransport(webSocket, protocol, transport, time).Run())
            await DiscardInput(context, time);
    }

    /// <summary>Reads what is on its way from the client: unread bytes would reset the connection, and the close frame would be lost.</summary>
    private static async Task DiscardInput(HttpContext context, TimeProvider time)
    {
        // Over HTTP/2 the socket is one of many streams of a connection, which goes on.
        if (!HttpProtocol.IsHttp11(context.Request.Protocol) || context.Features.Get<IConnectionTransportFeature>()?.Transport.Input is not { } input)
            return;
        using var patience = new CancellationTokenSource(WebSocketTransport.ClosePatience, time);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        try
        {
            do
                silence.CancelAfter(Silence);
            while (await DiscardAsync(input, silence.Token));
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The client has cut the connection, or sends no more.
        }
    }

    private static async Task<bool> DiscardAsync(PipeReader input, CancellationToken cancellationToken)
    {
        var bytes = await input.ReadAsync(cancellationToken);
        input.AdvanceTo(bytes.Buffer.End);
        return !bytes.IsCompleted;
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
