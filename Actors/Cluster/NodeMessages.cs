using WebChat.Actors.Users;

namespace WebChat.Actors.Cluster;

/// <summary>The commands of a node.</summary>
public static class NodeCommands
{
    /// <summary>Forgets a user's key, which is destroyed in the database; answered by <see cref="Done"/>.</summary>
    public sealed record ForgetKey(UserId UserId);

    /// <summary>Sets the end of a user's ban; null: the user is not banned any more. Not answered.</summary>
    public sealed record NoteBan(UserId UserId, DateTimeOffset? Until);
}
