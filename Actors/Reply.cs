namespace WebChat.Actors;

/// <summary>The answer to a <see cref="Request"/>.</summary>
public abstract record Reply
{
    /// <summary>The <see cref="Request.Tag"/> of what this answers.</summary>
    public long Tag { get; init; }
}
