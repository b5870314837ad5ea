using WebChat.Actors.Users;

namespace WebChat.Actors.Accounts.Guests;

/// <summary>The commands of the list of guests.</summary>
public static class GuestCommands
{
    /// <summary>Notes a guest that is about to start; answered by <see cref="Done"/>.</summary>
    public sealed record Note(UserId User) : Request
    {
        public override string EntityId => GuestsActor.Id;
    }

    /// <summary>Resumes the deletion of unused guests. Not answered.</summary>
    public sealed record GoOn : IEntityMessage
    {
        public string EntityId => GuestsActor.Id;
    }
}
