using WebChat.Actors.Users;

namespace WebChat.Actors.Accounts;

/// <summary>What an access token says: who, and by which log-in.</summary>
public readonly record struct Identity(UserId User, FamilyId Family);
