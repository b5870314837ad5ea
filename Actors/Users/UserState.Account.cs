using WebChat.Actors.Hosting;
using WebChat.Journal.V1;

namespace WebChat.Actors.Users;

/// <content>What is left of a person whose account is deleted.</content>
public sealed partial record UserState
{
    /// <summary>Whether the account is deleted. Then there is no such user any more, and never will be.</summary>
    public bool IsDeleted { get; private init; }

    /// <summary>Deletes the person.</summary>
    public Decision Delete(DateTimeOffset now) => IsDeleted
        ? Decision.Nothing
        : Decision.Happens(new UserDeleted { At = now.ToUnixTimeMilliseconds() });

    // The rooms take note by themselves.
    private UserState Deleted() => new() { IsDeleted = true, Rooms = Rooms };
}
