using WebChat.Actors.Users;

namespace WebChat.Actors.Accounts;

/// <summary>The content of an access token.</summary>
/// <param name="User">The user.</param>
/// <param name="Family">The login.</param>
/// <param name="Username">The key of the user's account.</param>
/// <param name="IsAdmin">Whether the user is an admin.</param>
public readonly record struct Identity(UserId User, FamilyId Family, Username Username, bool IsAdmin = false);
