namespace WebChat.Clients;

/// <summary>The connection closed or broke while an answer or a frame was awaited.</summary>
/// <param name="closeCode">The server's close code; null if the connection broke without one.</param>
/// <param name="cause">What broke it, if anything did.</param>
public sealed class ConnectionLostException(int? closeCode, Exception? cause = null)
    : Exception($"The connection ended {(closeCode is { } code ? $"with close code {code}" : "without a close code")}.", cause)
{
    /// <summary>The server's close code; null if the connection broke without one.</summary>
    public int? CloseCode => closeCode;
}
