using WebChat.Actors.Users;

namespace WebChat.Actors.Accounts.Erasure;

/// <summary>What the deletion of accounts can be asked to do.</summary>
public static class ErasureCommands
{
    /// <summary>Erases a person; answered by <see cref="Done"/> when it is on disk that this will happen.</summary>
    public sealed record Request(UserId User, Username Username) : Actors.Request
    {
        public override string EntityId => ErasuresActor.Id;
    }

    /// <summary>Goes on with what a crash or a stop has interrupted. Not answered.</summary>
    public sealed record GoOn : IEntityMessage
    {
        public string EntityId => ErasuresActor.Id;
    }
}
