using WebChat.V1;

namespace WebChat.Actors;

/// <summary>A message that names its entity, so that a region can deliver it.</summary>
public interface IEntityMessage
{
    /// <summary>The entity's key within its region.</summary>
    string EntityId { get; }
}

/// <summary>A message to one entity that is answered by exactly one <see cref="Reply"/>.</summary>
public abstract record Request : IEntityMessage
{
    /// <summary>Chosen by the sender, to match answers to requests.</summary>
    public long Tag { get; init; }

    public abstract string EntityId { get; }
}

/// <summary>The answer to a <see cref="Request"/>.</summary>
public abstract record Reply
{
    /// <summary>The <see cref="Request.Tag"/> of the request.</summary>
    public long Tag { get; init; }
}

/// <summary>The request is carried out; there is no further data.</summary>
public sealed record Done : Reply;

/// <summary>The answer when an expected obstacle prevents the request.</summary>
/// <param name="Code">The kind of obstacle.</param>
/// <param name="Message">A text in English for the developer of a client.</param>
/// <param name="Field">The invalid field in the contract's spelling; null if there is none.</param>
/// <param name="RetryAfter">When to retry; null if unknown.</param>
/// <param name="BanReason">Why the user is banned; unspecified if it is not, or if no report led to the ban.</param>
public sealed record Rejection(
    ErrorCode Code, string Message, string? Field = null, TimeSpan? RetryAfter = null, ReportReason BanReason = ReportReason.Unspecified) : Reply
{
    /// <summary>The rejection of a request that may succeed a moment later.</summary>
    public static Rejection TryAgain(TimeSpan? retryAfter = null) => new(ErrorCode.Unavailable, "Please try again in a moment.", RetryAfter: retryAfter);
}
