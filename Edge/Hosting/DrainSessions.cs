using WebChat.Edge.Sessions;

namespace WebChat.Edge.Hosting;

/// <summary>Lets clients go in good order when the server stops: they are told to go away and come back before Kestrel would cut them off.</summary>
public sealed partial class DrainSessions(SessionGate gate, ILogger<DrainSessions> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await gate.DrainAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            // Stopping goes on: a client that was not told finds its connection cut and comes back all the same.
            DrainFailed(logger, failure);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1101, LogLevel.Warning, "Not all clients could be told that the server goes away")]
    private static partial void DrainFailed(ILogger logger, Exception exception);
}
