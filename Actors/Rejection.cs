namespace WebChat.Actors;

/// <summary>The answer when something expected stands in the way.</summary>
/// <param name="Code">Which kind of obstacle.</param>
/// <param name="Message">For the developer of a client, in English.</param>
/// <param name="Field">The field at fault, in the contract's spelling, where one is.</param>
/// <param name="RetryAfter">When trying again makes sense, where that is known.</param>
public sealed record Rejection(ErrorCode Code, string Message, string? Field = null, TimeSpan? RetryAfter = null) : Reply;
