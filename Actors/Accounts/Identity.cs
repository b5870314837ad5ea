using WebChat.Actors.Users;

namespace WebChat.Actors.Accounts;

/// <summary>What an access token says: who, by which log-in, and whether that person is an admin.</summary>
public readonly record struct Identity(UserId User, FamilyId Family, bool IsAdmin = false);
