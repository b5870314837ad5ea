namespace WebChat.Actors.Accounts;

/// <summary>An open log-in.</summary>
/// <param name="Family">Which.</param>
/// <param name="LastUsedAt">When tokens were last given out.</param>
/// <param name="Client">What the client said of itself; may be empty.</param>
public sealed record LogIn(FamilyId Family, DateTimeOffset LastUsedAt, string Client);
