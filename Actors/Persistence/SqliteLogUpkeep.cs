using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WebChat.Actors.Persistence;

/// <summary>
/// Keeps SQLite's write-ahead log small. SQLite restarts the log only at a moment when no connection reads from it, which may
/// never come under load. It removes the log only when the last connection closes, which the end of a process does not do.
/// </summary>
/// <remarks>Registered before the actor system, so that it stops after the journal.</remarks>
internal sealed partial class SqliteLogUpkeep(SqliteLog log, TimeProvider time, ILogger<SqliteLogUpkeep> logger) : BackgroundService
{
    /// <summary>How often the size of the log is checked.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>The size in bytes above which the log is emptied while the server runs.</summary>
    internal const long Limit = 64 * 1024 * 1024;

    // A backup may read for long, and writes must not wait for its end.
    private static readonly TimeSpan WaitUnderLoad = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WaitAtStop = TimeSpan.FromSeconds(2);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Empty(WaitAtStop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (log.Length > Limit)
                Empty(WaitUnderLoad);
        }
    }

    private void Empty(TimeSpan timeout)
    {
        try
        {
            if (!log.TryEmpty(timeout))
                InUse(logger, log.Length);
        }
        catch (SqliteException ex)
        {
            // Nothing is lost: the log is valid as it is, and the next round tries again.
            CannotEmpty(logger, log.Length, ex);
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "SQLite's log of {Length} bytes could not be emptied, because another connection reads from it")]
    private static partial void InUse(ILogger logger, long length);

    [LoggerMessage(2002, LogLevel.Warning, "SQLite's log of {Length} bytes could not be copied into the database")]
    private static partial void CannotEmpty(ILogger logger, long length, Exception exception);
}
