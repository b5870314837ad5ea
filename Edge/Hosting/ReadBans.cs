using Akka.Actor;
using Microsoft.Extensions.Options;
using WebChat.Actors.Hosting;
using WebChat.Actors.Moderation;
using WebChat.Actors.Options;
using WebChat.Edge.Services;

namespace WebChat.Edge.Hosting;

/// <summary>Loads the bans before the first request.</summary>
public sealed partial class ReadBans(Region<ReportsRegion> reports, Bans bans, IOptions<ClusterOptions> cluster, ILogger<ReadBans> logger) : IHostedService
{
    // A new cluster takes some seconds to form, and the register is on another node then.
    private const int TriesInCluster = 6;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var ban in (await ReadAsync(cancellationToken)).Bans)
                bans.Set(ban.User, ban.Lasts);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The users know their own bans and refuse sessions.
            NotRead(logger, failure);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<ReportsReplies.BansAre> ReadAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await reports.Ask<ReportsReplies.BansAre>(new ReportsQueries.GetBans(), cancellationToken);
            }
            catch (AskTimeoutException) when (cluster.Value.IsOn && tries < TriesInCluster)
            {
                // The node has not joined yet.
            }
        }
    }

    [LoggerMessage(1302, LogLevel.Error, "The bans could not be read. Until they are, banned users can send requests")]
    private static partial void NotRead(ILogger logger, Exception failure);
}
