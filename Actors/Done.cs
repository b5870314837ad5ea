namespace WebChat.Actors;

/// <summary>What was asked is done, and there is no more to say.</summary>
public sealed record Done : Reply;
