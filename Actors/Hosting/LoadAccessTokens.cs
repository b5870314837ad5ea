using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WebChat.Actors.Accounts;

namespace WebChat.Actors.Hosting;

/// <summary>
/// Loads the key of access tokens before the actors start. A key that cannot be read or written ends the start. If an actor met
/// the failure, the server would look ready and let no client in.
/// </summary>
internal sealed class LoadAccessTokens(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<IAccessTokens>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
