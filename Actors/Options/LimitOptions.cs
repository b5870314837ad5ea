using System.ComponentModel.DataAnnotations;
using WebChat.Actors.Accounts;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Sign-ups per hour and address.</summary>
    [Range(1, 1_000_000)]
    public int SignUpsPerHour { get; set; } = 5;

    /// <summary>Guests per hour and address.</summary>
    [Range(1, 1_000_000)]
    public int GuestsPerHour { get; set; } = 5;

    /// <summary>Requests that check a password, per quarter of an hour and address.</summary>
    [Range(1, 1_000_000)]
    public int LogInsPerQuarterHour { get; set; } = 10;

    /// <summary>Failed logins per hour and account: from each address with a recent login to it, and from all others together.</summary>
    [Range(1, 1_000_000)]
    public int FailedLogInsPerHour { get; set; } = 20;

    /// <summary>Average frames per second of a transport; and average changing requests per second of a user.</summary>
    [Range(1, 1_000_000)]
    public int MessagesPerSecond { get; set; } = 10;

    /// <summary>Frames of a transport at once; and changing requests of a user at once.</summary>
    [Range(1, 1_000_000)]
    public int MessageBurst { get; set; } = 30;

    /// <summary>Average frames per second of a guest's transport; and average changing requests per second of a guest.</summary>
    [Range(1, 1_000_000)]
    public int GuestMessagesPerSecond { get; set; } = 5;

    /// <summary>Frames of a guest's transport at once; and changing requests of a guest at once.</summary>
    [Range(1, 1_000_000)]
    public int GuestMessageBurst { get; set; } = 20;

    /// <summary>Average reading requests per second of a user; and requests with a refresh token, of an address.</summary>
    [Range(1, 1_000_000)]
    public int ReadsPerSecond { get; set; } = 50;

    /// <summary>Reading requests of a user at once; and requests with a refresh token, of an address.</summary>
    [Range(1, 1_000_000)]
    public int ReadBurst { get; set; } = 200;

    /// <summary>Data exports per hour and user.</summary>
    [Range(1, 1_000_000)]
    public int ExportsPerHour { get; set; } = 5;

    /// <summary>Average voice-call signals per second of a transport.</summary>
    [Range(1, 1_000_000)]
    public int SignalsPerSecond { get; set; } = 10;

    /// <summary>Voice-call signals of a transport at once.</summary>
    [Range(1, 1_000_000)]
    public int SignalBurst { get; set; } = 60;

    /// <summary>WebSockets and gRPC streams of an address that have not sent hello.</summary>
    [Range(1, 100_000)]
    public int GreetingsPerAddress { get; set; } = 20;

    /// <summary>Sessions of a user at once with a transport, and as many again that wait for their client.</summary>
    [Range(1, 1_000)]
    public int ConnectionsPerUser { get; set; } = 5;

    /// <summary>The frames and changing requests of a user.</summary>
    public (int Burst, int PerSecond) MessagesOf(Username username) =>
        username.IsGuest ? (GuestMessageBurst, GuestMessagesPerSecond) : (MessageBurst, MessagesPerSecond);
}
