using WebChat.Actors.Hosting;
using WebChat.Actors.Moderation;
using WebChat.Edge.Services;

namespace WebChat.Edge.Hosting;

/// <summary>Has the bans read before the first call is taken.</summary>
public sealed partial class ReadBans(Region<ReportsRegion> reports, ILogger<ReadBans> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reports.Ask<ReportsReplies.BansAre>(new ReportsQueries.GetBans(), cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The users themselves know of their bans: they let nobody in who is to stay out.
            NotRead(logger, failure);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1302, LogLevel.Error, "The bans could not be read: whoever is banned can make calls until they are")]
    private static partial void NotRead(ILogger logger, Exception failure);
}
