namespace WebChat.Actors;

/// <summary>A message that names the entity it is for, so that a region can deliver it.</summary>
public interface IEntityMessage
{
    /// <summary>The entity's key within its region.</summary>
    string EntityId { get; }
}

/// <summary>A message to one entity that is answered by exactly one <see cref="Reply"/>.</summary>
public abstract record Request : IEntityMessage
{
    /// <summary>Chosen by the sender, to tell the answers to several requests apart.</summary>
    public long Tag { get; init; }

    public abstract string EntityId { get; }
}

/// <summary>The answer to a <see cref="Request"/>.</summary>
public abstract record Reply
{
    /// <summary>The <see cref="Request.Tag"/> of what this answers.</summary>
    public long Tag { get; init; }
}

/// <summary>What was asked is done, and there is no more to say.</summary>
public sealed record Done : Reply;

/// <summary>The answer when something expected stands in the way.</summary>
/// <param name="Code">Which kind of obstacle.</param>
/// <param name="Message">For the developer of a client, in English.</param>
/// <param name="Field">The field at fault, in the contract's spelling, where one is.</param>
/// <param name="RetryAfter">When trying again makes sense, where that is known.</param>
public sealed record Rejection(ErrorCode Code, string Message, string? Field = null, TimeSpan? RetryAfter = null) : Reply;
