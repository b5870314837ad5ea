using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using Reason = WebChat.Journal.V1.RefreshRevoked.Types.Reason;

namespace WebChat.Actors.Accounts;

/// <content>Changes by a logged-in user, and account deletion.</content>
public sealed partial record AccountState
{
    /// <summary>The open logins, the most recently used first.</summary>
    public IReadOnlyList<LogIn> LogIns(DateTimeOffset now) =>
    [
        .. Families.Values.Select(family => family.Last).Where(last => last.ExpiresAt > now.ToUnixTimeMilliseconds()).OrderByDescending(last => last.At)
            .Select(last => new LogIn(new(last.FamilyId), DateTimeOffset.FromUnixTimeMilliseconds(last.At), last.Client)),
    ];

    /// <summary>Checks that the caller's login is open: an access token may outlive its login, and a name its owner.</summary>
    public Decision Authorize(Identity caller) => SignedUp?.UserId == caller.User.Value && Families.ContainsKey(caller.Family.Value)
        ? Decision.Nothing
        : Decision.Reject(ErrorCode.Unauthenticated, "The login has ended.");

    /// <summary>Checks that the caller is logged in, and that the password has not changed since it was checked.</summary>
    public Decision Confirm(Identity caller, PasswordHash password, string field) =>
        Authorize(caller) is { Rejection: not null } refusal ? refusal
        : Has(password) ? Decision.Nothing
        : new([], WrongPassword(field));

    /// <summary>Changes the password. Only the caller's login stays, with a new token.</summary>
    public Decision ChangePassword(AccountCommands.ChangePassword command, RefreshToken token, TimeSpan lifetime, DateTimeOffset now)
    {
        if (Confirm(command.Caller, command.Old, "old_password") is { Rejection: not null } refusal)
            return refusal;
        var others = Families.Keys.Where(family => family != command.Caller.Family.Value).Select(family => Revoke(family, Reason.PasswordChanged, now));
        return Decision.Happens(
        [
            new PasswordChanged { At = now.ToUnixTimeMilliseconds(), PasswordHash = command.New.Value },
            .. others,
            Issue(token, command.Client, lifetime, now),
        ]);
    }

    /// <summary>Ends a login of the same user.</summary>
    public Decision Revoke(AccountCommands.Revoke command, DateTimeOffset now)
    {
        if (Authorize(command.Caller) is { Rejection: not null } refusal)
            return refusal;
        return Families.ContainsKey(command.Family.Value)
            ? Decision.Happens(Revoke(command.Family.Value, Reason.Revoked, now))
            : Decision.Reject(ErrorCode.NotFound, "Unknown session.", "session_id");
    }

    /// <summary>Frees the name, if it belongs to this user.</summary>
    public Decision Erase(UserId user, DateTimeOffset now) => SignedUp?.UserId == user.Value
        ? Decision.Happens(new AccountDeleted { At = now.ToUnixTimeMilliseconds() })
        : Decision.Nothing;
}
