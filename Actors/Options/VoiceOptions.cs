using System.ComponentModel.DataAnnotations;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Voice</c>.</summary>
public sealed class VoiceOptions : IValidatableObject
{
    /// <summary>How long a call rings before it is missed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RingFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a member of a call may be without a socket before the call ends.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LostAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The STUN and TURN servers that connect clients.</summary>
    public IList<IceServerOptions> IceServers { get; set; } = [];

    /// <summary>The secret shared with TURN servers without a password of their own. With it each client gets a password that expires. Empty: none.</summary>
    public string TurnSecret { get; set; } = "";

    /// <summary>The lifetime of such a password, and so the longest call.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan TurnPasswordLifetime { get; set; } = TimeSpan.FromHours(12);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        IceServers.SelectMany((server, i) => server.Faults(TurnSecret.Length > 0)
            .Select(fault => new ValidationResult(fault.Why, [$"{nameof(IceServers)}:{i}:{fault.Member}"])));
}
