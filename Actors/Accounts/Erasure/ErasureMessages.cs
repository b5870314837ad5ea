using WebChat.Actors.Users;

namespace WebChat.Actors.Accounts.Erasure;

/// <summary>The queries of account erasure.</summary>
public static class ErasureQueries
{
    /// <summary>Answered by <see cref="Done"/> once no erasure of the user is in progress.</summary>
    public sealed record AwaitEnd(UserId User) : Request
    {
        public override string EntityId => ErasuresActor.Id;
    }
}

/// <summary>The commands of account erasure.</summary>
public static class ErasureCommands
{
    /// <summary>Erases a user; answered by <see cref="Done"/> when the request is persisted.</summary>
    public sealed record Request(UserId User, Username Username) : Actors.Request
    {
        public override string EntityId => ErasuresActor.Id;
    }

    /// <summary>Resumes erasures that a crash or a stop interrupted. Not answered.</summary>
    public sealed record GoOn : IEntityMessage
    {
        public string EntityId => ErasuresActor.Id;
    }
}
