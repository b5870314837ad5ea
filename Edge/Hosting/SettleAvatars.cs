using WebChat.Edge.Services;

namespace WebChat.Edge.Hosting;

/// <summary>At start, ends the changes of pictures that the end of the last process cut off.</summary>
public sealed partial class SettleAvatars(AvatarCalls avatars, ILogger<SettleAvatars> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var user in avatars.Unsettled)
        {
            try
            {
                await avatars.Settle(user, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // It is tried again at the user's next change, and at the next start.
                NotSettled(logger, failure);
            }
        }
    }

    [LoggerMessage(1301, LogLevel.Warning, "A change of a picture that was cut off is not settled yet")]
    private static partial void NotSettled(ILogger logger, Exception failure);
}
