using System.ComponentModel.DataAnnotations;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Sign-ups per hour and address.</summary>
    [Range(1, 1_000_000)]
    public int SignUpsPerHour { get; set; } = 5;

    /// <summary>Log-ins per quarter of an hour and address.</summary>
    [Range(1, 1_000_000)]
    public int LogInsPerQuarterHour { get; set; } = 10;

    /// <summary>Failed logins per hour and account, from all addresses that have not logged in to it lately, and from each that has.</summary>
    [Range(1, 1_000_000)]
    public int FailedLogInsPerHour { get; set; } = 20;

    /// <summary>Frames a second that a socket may send on average; and calls that change something, per user.</summary>
    [Range(1, 1_000_000)]
    public int MessagesPerSecond { get; set; } = 10;

    /// <summary>Frames that a socket may send at once; and calls that change something, per user.</summary>
    [Range(1, 1_000_000)]
    public int MessageBurst { get; set; } = 30;

    /// <summary>Calls a second that only read, on average, per user; and calls with a refresh token, per address.</summary>
    [Range(1, 1_000_000)]
    public int ReadsPerSecond { get; set; } = 50;

    /// <summary>Calls at once that only read, per user; and calls with a refresh token, per address.</summary>
    [Range(1, 1_000_000)]
    public int ReadBurst { get; set; } = 200;

    /// <summary>Signals of calls a second that a socket may send on average.</summary>
    [Range(1, 1_000_000)]
    public int SignalsPerSecond { get; set; } = 10;

    /// <summary>Signals of calls that a socket may send at once.</summary>
    [Range(1, 1_000_000)]
    public int SignalBurst { get; set; } = 60;

    /// <summary>Sessions that a user may have at once.</summary>
    [Range(1, 1_000)]
    public int ConnectionsPerUser { get; set; } = 5;
}
