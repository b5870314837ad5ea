using WebChat.Edge.Sessions;

namespace WebChat.Edge.Hosting;

/// <summary>Drains the sessions when the server stops: clients are told to reconnect before Kestrel cuts them off.</summary>
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
            // Stopping goes on: a client without the notice finds its connection cut, and reconnects too.
            DrainFailed(logger, failure);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1101, LogLevel.Warning, "Not all clients could be told to reconnect before the server stops")]
    private static partial void DrainFailed(ILogger logger, Exception exception);
}
