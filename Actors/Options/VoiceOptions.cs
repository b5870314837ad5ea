using System.ComponentModel.DataAnnotations;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Voice</c>.</summary>
public sealed class VoiceOptions : IValidatableObject
{
    /// <summary>How long a call rings before it is missed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RingFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one of the two may be without a socket before their call ends.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LostAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The servers by which clients find a way to each other.</summary>
    public IList<IceServerOptions> IceServers { get; set; } = [];

    /// <summary>What this server shares with the TURN servers that have no password of their own: with it, each client gets one that expires. Empty: none.</summary>
    public string TurnSecret { get; set; } = "";

    /// <summary>How long such a password is good; a call may have to last no longer.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan TurnPasswordLifetime { get; set; } = TimeSpan.FromHours(12);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        IceServers.SelectMany((server, i) => server.Faults(TurnSecret.Length > 0)
            .Select(fault => new ValidationResult(fault.Why, [$"{nameof(IceServers)}:{i}:{fault.Member}"])));
}
