using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using Reason = WebChat.Journal.V1.RefreshRevoked.Types.Reason;

namespace WebChat.Actors.Accounts;

/// <content>What who is logged in can do about the account.</content>
public sealed partial record AccountState
{
    /// <summary>The open log-ins, the last used first.</summary>
    public IReadOnlyList<LogIn> LogIns(DateTimeOffset now) =>
    [
        .. Families.Values.Select(family => family.Last).Where(last => last.ExpiresAt > now.ToUnixTimeMilliseconds()).OrderByDescending(last => last.At)
            .Select(last => new LogIn(new(last.FamilyId), DateTimeOffset.FromUnixTimeMilliseconds(last.At), last.Client)),
    ];

    /// <summary>Whether this is somebody who is logged in: an access token outlives its log-in, and a name its owner.</summary>
    public Decision Authorize(Identity who) => SignedUp?.UserId == who.User.Value && Families.ContainsKey(who.Family.Value)
        ? Decision.Nothing
        : Decision.Reject(ErrorCode.Unauthenticated, "This log-in has ended.");

    /// <summary>Whether the caller is logged in, and the password was not changed after it was checked.</summary>
    public Decision Confirm(Identity who, PasswordHash password, string field) =>
        Authorize(who) is { Rejection: not null } refusal ? refusal
        : Has(password) ? Decision.Nothing
        : new([], WrongPassword(field));

    /// <summary>Changes the password; of the log-ins only the asking one stays, under a new token.</summary>
    public Decision ChangePassword(AccountCommands.ChangePassword command, RefreshToken token, TimeSpan lifetime, DateTimeOffset now)
    {
        if (Confirm(command.Who, command.Old, "old_password") is { Rejection: not null } refusal)
            return refusal;
        var others = Families.Keys.Where(family => family != command.Who.Family.Value).Select(family => Revoke(family, Reason.PasswordChanged, now));
        return Decision.Happens(
        [
            new PasswordChanged { At = now.ToUnixTimeMilliseconds(), PasswordHash = command.New.Value },
            .. others,
            Issue(token, command.Client, lifetime, now),
        ]);
    }

    /// <summary>Ends a log-in of the same person.</summary>
    public Decision Revoke(AccountCommands.Revoke command, DateTimeOffset now)
    {
        if (Authorize(command.Who) is { Rejection: not null } refusal)
            return refusal;
        return Families.ContainsKey(command.Family.Value)
            ? Decision.Happens(Revoke(command.Family.Value, Reason.Revoked, now))
            : Decision.Reject(ErrorCode.NotFound, "There is no such session.", "session_id");
    }

    /// <summary>Makes the name free, if it is this user's.</summary>
    public Decision Erase(UserId user, DateTimeOffset now) => SignedUp?.UserId == user.Value
        ? Decision.Happens(new AccountDeleted { At = now.ToUnixTimeMilliseconds() })
        : Decision.Nothing;
}
