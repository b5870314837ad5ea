namespace WebChat.Actors;

/// <summary>A message to one entity that is answered by exactly one <see cref="Reply"/>.</summary>
public abstract record Request : IEntityMessage
{
    /// <summary>Chosen by the sender, to tell the answers to several requests apart.</summary>
    public long Tag { get; init; }

    /// <inheritdoc/>
    public abstract string EntityId { get; }
}
