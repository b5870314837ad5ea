using WebChat.Actors.Hosting;
using WebChat.Journal.V1;

namespace WebChat.Actors.Users;

/// <content>Account deletion.</content>
public sealed partial record UserState
{
    /// <summary>Whether the account is deleted. Then the user does not exist, and never will again.</summary>
    public bool IsDeleted { get; private init; }

    /// <summary>Deletes the user.</summary>
    public Decision Delete(DateTimeOffset now) => IsDeleted
        ? Decision.Nothing
        : Decision.Happens(new UserDeleted { At = now.ToUnixTimeMilliseconds() });

    // The rooms erase the member by themselves.
    private UserState Deleted() => new() { IsDeleted = true, Rooms = Rooms };
}
