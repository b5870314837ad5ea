namespace WebChat.Edge.Auth;

/// <summary>
/// Reads the key of access tokens once the data directory belongs to this process. A key that cannot be read or written ends
/// the start; otherwise the server would look ready and let no client in.
/// </summary>
internal sealed class LoadSigningKey(AccessTokens tokens) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = tokens.Rules;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
