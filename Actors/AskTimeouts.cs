namespace WebChat.Actors;

/// <summary>How long one part waits for another's answer before it says that there is none.</summary>
public static class AskTimeouts
{
    /// <summary>Between entities: less than what an edge waits, so that the edge hears why.</summary>
    public static readonly TimeSpan BetweenEntities = TimeSpan.FromSeconds(5);

    /// <summary>An edge that serves a client.</summary>
    public static readonly TimeSpan FromEdge = TimeSpan.FromSeconds(10);
}
