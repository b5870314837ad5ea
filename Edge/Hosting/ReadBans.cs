using Akka.Actor;
using Akka.Hosting;
using WebChat.Actors;
using WebChat.Actors.Cluster;

namespace WebChat.Edge.Hosting;

/// <summary>Loads the bans before the first request.</summary>
public sealed partial class ReadBans(IRequiredActor<NodeActor> node, ILogger<ReadBans> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await node.ActorRef.Ask<Done>(NodeCommands.ReadBans.Instance, AskTimeouts.FromEdge, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The users know their own bans and refuse sessions.
            NotRead(logger, failure);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1302, LogLevel.Error, "The bans could not be read. Until they are, banned users can send requests")]
    private static partial void NotRead(ILogger logger, Exception failure);
}
