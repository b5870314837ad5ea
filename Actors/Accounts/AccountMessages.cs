using WebChat.Actors.Users;

namespace WebChat.Actors.Accounts;

/// <summary>A request to one account.</summary>
public abstract record AccountRequest(Username Username) : Request
{
    public override string EntityId => Username.Key;
}

/// <summary>What an account can be asked to do.</summary>
public static class AccountCommands
{
    /// <summary>Makes the account; answered by <see cref="AccountReplies.LoggedIn"/>.</summary>
    public sealed record SignUp(Username Username, PasswordHash Password, string Nickname, string Client = "") : AccountRequest(Username);

    /// <summary>Opens a login, if the account still has the hash that the password was checked against; answered by <see cref="AccountReplies.LoggedIn"/>.</summary>
    public sealed record LogIn(Username Username, PasswordHash Password, string Client = "") : AccountRequest(Username);

    /// <summary>Trades a refresh token for its successor; answered by <see cref="AccountReplies.LoggedIn"/>.</summary>
    public sealed record Refresh(RefreshToken Token, string Client = "") : AccountRequest(Token.Username);

    /// <summary>Makes the person an admin from the next token on, or takes that back; answered by <see cref="Done"/>.</summary>
    public sealed record SetAdmin(Username Username, bool IsAdmin) : AccountRequest(Username);

    /// <summary>Ends a log-in and its sessions; answered by <see cref="Done"/>, also when it has ended before.</summary>
    public sealed record LogOut(RefreshToken Token) : AccountRequest(Token.Username);

    /// <summary>Changes the password and ends all other log-ins; answered by <see cref="AccountReplies.LoggedIn"/>.</summary>
    public sealed record ChangePassword(Username Username, Identity Who, PasswordHash Old, PasswordHash New, string Client = "") : AccountRequest(Username);

    /// <summary>Ends a log-in, which may be the asking one, and its sessions; answered by <see cref="Done"/>.</summary>
    public sealed record Revoke(Username Username, Identity Who, FamilyId Family) : AccountRequest(Username);

    /// <summary>The person wants the account deleted; answered by <see cref="Done"/> once it is, and once it is sure that the rest follows.</summary>
    public sealed record Delete(Username Username, Identity Who, PasswordHash Password) : AccountRequest(Username);

    /// <summary>Makes the name free, if it is still this user's, and its rows go; answered by <see cref="Done"/>.</summary>
    public sealed record Erase(Username Username, UserId User) : AccountRequest(Username);
}

/// <summary>What an account can be asked.</summary>
public static class AccountQueries
{
    /// <summary>The password's hash; answered by <see cref="AccountReplies.PasswordIs"/>.</summary>
    /// <param name="Username">The account.</param>
    /// <param name="Who">The caller whose login must still be open; null for a caller who logs in.</param>
    public sealed record GetPassword(Username Username, Identity? Who = null) : AccountRequest(Username);

    /// <summary>Whether the login of an access token is still open; answered by <see cref="Done"/> if so.</summary>
    public sealed record CheckLogin(Identity Who) : AccountRequest(Who.Username);

    /// <summary>The open log-ins; answered by <see cref="AccountReplies.LogInsAre"/>.</summary>
    public sealed record GetLogIns(Username Username, Identity Who) : AccountRequest(Username);
}

/// <summary>What an account answers.</summary>
public static class AccountReplies
{
    /// <param name="User">Who it is.</param>
    /// <param name="Username">As written at sign-up.</param>
    /// <param name="Nickname">As given at sign-up; the profile has the present one.</param>
    /// <param name="Token">The new refresh token.</param>
    /// <param name="IsAdmin">Whether the person is an admin.</param>
    public sealed record LoggedIn(UserId User, Username Username, string Nickname, RefreshToken Token, bool IsAdmin) : Reply;

    /// <param name="Hash">Null if there is no such account.</param>
    public sealed record PasswordIs(PasswordHash? Hash) : Reply;

    /// <param name="LogIns">The last used first.</param>
    public sealed record LogInsAre(IReadOnlyList<LogIn> LogIns) : Reply;
}

/// <summary>An open log-in.</summary>
/// <param name="Family">Which.</param>
/// <param name="LastUsedAt">When tokens were last given out.</param>
/// <param name="Client">What the client said of itself; may be empty.</param>
public sealed record LogIn(FamilyId Family, DateTimeOffset LastUsedAt, string Client);
