using WebChat.Actors.Users;

namespace WebChat.Actors.Cluster;

/// <summary>The commands of a node.</summary>
public static class NodeCommands
{
    /// <summary>Forgets a user's key, which is destroyed in the database; answered by <see cref="Done"/>.</summary>
    public sealed record ForgetKey(UserId UserId);

    /// <summary>Reads the bans that have changed since the last time; answered by <see cref="Done"/>.</summary>
    public sealed record ReadBans { public static readonly ReadBans Instance = new(); }
}

/// <summary>The queries of a node.</summary>
public static class NodeQueries
{
    /// <summary>Answered by <see cref="NodeReplies.CountsAre"/>.</summary>
    public sealed record GetCounts;
}

/// <summary>The answers of a node.</summary>
public static class NodeReplies
{
    /// <param name="Rooms">The number of rooms that are awake on the node.</param>
    /// <param name="Sockets">The number of the node's open transports.</param>
    public sealed record CountsAre(int Rooms, int Sockets) : Reply;
}
