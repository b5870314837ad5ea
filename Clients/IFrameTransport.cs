using WebChat.V1;

namespace WebChat.Clients;

/// <summary>One connection to a server. Dispose breaks it without a close frame.</summary>
internal interface IFrameTransport : IAsyncDisposable
{
    /// <summary>The server's close code; null before it has closed, or if the connection broke without one.</summary>
    int? CloseCode { get; }

    /// <summary>Sends a frame. One frame is sent at a time.</summary>
    /// <exception cref="ConnectionLostException">The connection is over.</exception>
    ValueTask SendAsync(ClientFrame frame);

    /// <summary>Returns the next frame, or null once the server has closed.</summary>
    /// <exception cref="ConnectionLostException">The connection broke.</exception>
    ValueTask<ServerFrame?> ReceiveAsync();
}
