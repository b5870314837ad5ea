using System.Net.WebSockets;

namespace WebChat.Tests.Edge;

/// <summary>The socket closed or broke while the test waited for something.</summary>
/// <param name="status">The close code; null if the connection broke without one.</param>
/// <param name="cause">What broke it; null if unknown.</param>
public sealed class ConnectionLostException(WebSocketCloseStatus? status, Exception? cause = null)
    : Exception($"The connection ended with {(status is { } code ? $"close code {(int)code}" : "no word")}.", cause)
{
    /// <summary>The close code; null if the connection broke without one.</summary>
    public WebSocketCloseStatus? Status => status;
}
