namespace WebChat.Actors;

/// <summary>How long a caller waits for an answer.</summary>
public static class AskTimeouts
{
    /// <summary>Between entities: shorter than the edge's timeout, so that the edge learns the reason.</summary>
    public static readonly TimeSpan BetweenEntities = TimeSpan.FromSeconds(5);

    /// <summary>At the edge, for a client.</summary>
    public static readonly TimeSpan FromEdge = TimeSpan.FromSeconds(10);
}
