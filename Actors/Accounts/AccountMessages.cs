using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Actors.Accounts;

/// <summary>A request to one account. The user name appears in no path of an actor, and so in no log.</summary>
public abstract record AccountRequest(Username Username) : Request
{
    public override string EntityId => PersistenceIds.Account(Username);
}

/// <summary>The commands of an account.</summary>
public static class AccountCommands
{
    /// <summary>Creates the account; answered by <see cref="AccountReplies.LoggedIn"/>.</summary>
    public sealed record SignUp(Username Username, PasswordHash Password, string Nickname, string Client = "") : AccountRequest(Username);

    /// <summary>Creates a guest's account; answered by <see cref="AccountReplies.LoggedIn"/>.</summary>
    public sealed record StartAsGuest(UserId User, string Nickname, string Client = "") : AccountRequest(Username.OfGuest(User));

    /// <summary>Moves a guest to an account of the chosen name; answered by <see cref="AccountReplies.LoggedIn"/>.</summary>
    public sealed record Keep(Username Username, Identity Caller, Username Chosen, PasswordHash Password, string Client = "") : AccountRequest(Username);

    /// <summary>Creates the account that a guest moves to; answered by <see cref="AccountReplies.LoggedIn"/>, also when repeated.</summary>
    /// <param name="Username">The chosen name.</param>
    /// <param name="Password">The chosen password.</param>
    /// <param name="Guest">The guest.</param>
    /// <param name="Last">The newest token of the login that continues.</param>
    /// <param name="Client">The client's description of itself.</param>
    public sealed record Adopt(Username Username, PasswordHash Password, SignedUp Guest, RefreshIssued Last, string Client) : AccountRequest(Username);

    /// <summary>Deletes a guest that was not used since then; answered by <see cref="AccountReplies.LastUsed"/> if it was, otherwise by <see cref="Done"/>.</summary>
    public sealed record Expire(UserId User, DateTimeOffset Since) : AccountRequest(Username.OfGuest(User));

    /// <summary>Opens a login, if the account still has the hash that the password was checked against; answered by <see cref="AccountReplies.LoggedIn"/>.</summary>
    public sealed record LogIn(Username Username, PasswordHash Password, string Client = "") : AccountRequest(Username);

    /// <summary>Replaces a refresh token by its successor; answered by <see cref="AccountReplies.LoggedIn"/>.</summary>
    public sealed record Refresh(RefreshToken Token, string Client = "") : AccountRequest(Token.Username);

    /// <summary>Grants or withdraws the admin role, from the next access token on; answered by <see cref="Done"/>.</summary>
    public sealed record SetAdmin(Username Username, bool IsAdmin) : AccountRequest(Username);

    /// <summary>Ends a login and its sessions; answered by <see cref="Done"/>, also if it has ended before. A guest is deleted.</summary>
    public sealed record LogOut(RefreshToken Token) : AccountRequest(Token.Username);

    /// <summary>Changes the password and ends all other logins; answered by <see cref="AccountReplies.LoggedIn"/>.</summary>
    public sealed record ChangePassword(Username Username, Identity Caller, PasswordHash Old, PasswordHash New, string Client = "") : AccountRequest(Username);

    /// <summary>Ends a login, which may be the caller's own, and its sessions; answered by <see cref="Done"/>.</summary>
    public sealed record Revoke(Username Username, Identity Caller, FamilyId Family) : AccountRequest(Username);

    /// <summary>Deletes the account; answered by <see cref="Done"/> when it is deleted and the erasure of the rest is persisted.</summary>
    public sealed record Delete(Username Username, Identity Caller, PasswordHash Password) : AccountRequest(Username);

    /// <summary>Frees the name, if it still belongs to this user, and deletes the account's rows; answered by <see cref="Done"/>.</summary>
    public sealed record Erase(Username Username, UserId User) : AccountRequest(Username);
}

/// <summary>The queries of an account.</summary>
public static class AccountQueries
{
    /// <summary>The password's hash; answered by <see cref="AccountReplies.PasswordIs"/>.</summary>
    /// <param name="Username">The account.</param>
    /// <param name="Caller">The caller with an open login; null at a login.</param>
    public sealed record GetPassword(Username Username, Identity? Caller = null) : AccountRequest(Username);

    /// <summary>Checks that the login of an access token is open; answered by <see cref="Done"/>.</summary>
    public sealed record CheckLogin(Identity Caller) : AccountRequest(Caller.Username);

    /// <summary>The account, for an operator; answered by <see cref="AccountReplies.AccountIs"/>.</summary>
    public sealed record GetAccount(Username Username) : AccountRequest(Username);

    /// <summary>The open logins; answered by <see cref="AccountReplies.LogInsAre"/>.</summary>
    public sealed record GetLogIns(Username Username, Identity Caller) : AccountRequest(Username);
}

/// <summary>The answers of an account.</summary>
public static class AccountReplies
{
    /// <param name="User">The user.</param>
    /// <param name="Username">As written at sign-up.</param>
    /// <param name="Nickname">As given at sign-up; the profile has the current one.</param>
    /// <param name="Token">The new refresh token.</param>
    /// <param name="IsAdmin">Whether the user is an admin.</param>
    public sealed record LoggedIn(UserId User, Username Username, string Nickname, RefreshToken Token, bool IsAdmin) : Reply;

    /// <param name="At">When the guest's account last issued tokens.</param>
    public sealed record LastUsed(DateTimeOffset At) : Reply;

    /// <param name="Hash">Null if there is no such account, or it has no password.</param>
    public sealed record PasswordIs(PasswordHash? Hash) : Reply;

    /// <param name="User">The user.</param>
    /// <param name="Username">As written at sign-up.</param>
    /// <param name="LogIns">The most recently used first.</param>
    public sealed record AccountIs(UserId User, Username Username, IReadOnlyList<LogIn> LogIns) : Reply;

    /// <param name="LogIns">The most recently used first.</param>
    public sealed record LogInsAre(IReadOnlyList<LogIn> LogIns) : Reply;
}

/// <summary>An open login.</summary>
/// <param name="Family">The login's id.</param>
/// <param name="LastUsedAt">When it last issued tokens.</param>
/// <param name="Client">The client's description of itself; may be empty.</param>
public sealed record LogIn(FamilyId Family, DateTimeOffset LastUsedAt, string Client);
