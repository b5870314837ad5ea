using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Actors.Accounts;

/// <content>Guests: accounts without user name and password.</content>
public sealed partial record AccountState
{
    /// <summary>The user name and password that the guest chose; null if none.</summary>
    public KeepRequested? Keep { get; private init; }

    private bool IsKept { get; init; }

    /// <summary>Whether the account has neither user name nor password.</summary>
    public bool IsGuest => Has(PasswordHash.None) && Keep is null;

    /// <summary>Whether the account of the chosen name is being created.</summary>
    public bool IsMoving => SignedUp is not null && Keep is not null && !IsKept;

    /// <summary>The account that has replaced this one; null if none has.</summary>
    public Username? KeptAs => SignedUp is not null && IsKept ? new(Keep!.Username) : null;

    /// <summary>When the account last issued tokens.</summary>
    public DateTimeOffset LastUsed =>
        DateTimeOffset.FromUnixTimeMilliseconds(Families.Values.Select(family => family.Last.At).Append(SignedUp!.At).Max());

    /// <summary>Creates a guest's account and its only login.</summary>
    public Decision StartAsGuest(AccountCommands.StartAsGuest command, RefreshToken token, TimeSpan lifetime, DateTimeOffset now) => Decision.Happens(
        SignUp(command.User, command.Username, PasswordHash.None, command.Nickname, now),
        Issue(token, command.Client, lifetime, now));

    /// <summary>Chooses a user name and a password for a guest's account.</summary>
    public Decision RequestKeep(AccountCommands.Keep command, DateTimeOffset now)
    {
        if (Authorize(command.Caller) is { Rejection: not null } refusal)
            return refusal;
        return IsGuest
            ? Decision.Happens(new KeepRequested
            {
                At = now.ToUnixTimeMilliseconds(),
                Username = command.Chosen.Value,
                PasswordHash = command.Password.Value,
                FamilyId = command.Caller.Family.Value,
                Client = command.Client,
            })
            : Decision.Reject(ErrorCode.FailedPrecondition, "The account has a user name and a password already.");
    }

    /// <summary>The request to the account of the chosen name.</summary>
    public AccountCommands.Adopt Adoption() =>
        new(new(Keep!.Username), new(Keep.PasswordHash), SignedUp!, Families[Keep.FamilyId].Last, Keep.Client);

    /// <summary>
    /// Creates the account for a guest, whose login continues here: its last token is the one before the new one. If the request is
    /// repeated, no client has got the token of the answer before, and the new one replaces it.
    /// </summary>
    public Decision Adopt(AccountCommands.Adopt command, RefreshToken token, TimeSpan lifetime, DateTimeOffset now)
    {
        var user = new UserId(command.Guest.UserId);
        var last = new RefreshIssued(command.Last) { At = now.ToUnixTimeMilliseconds(), Twin = false };
        var next = Issue(token, command.Client, lifetime, now);
        return SignedUp is null ? Decision.Happens(SignUp(user, command.Username, command.Password, command.Guest.Nickname, now), last, next)
            : SignedUp.UserId == user.Value ? Decision.Happens(last, next)
            : new([], NameTaken);
    }

    /// <summary>Notes that the account of the chosen name exists.</summary>
    public static Decision NoteKept(DateTimeOffset now) => Decision.Happens(new AccountKept { At = now.ToUnixTimeMilliseconds() });

    /// <summary>Notes that the chosen name was taken.</summary>
    public static Decision NoteTaken(DateTimeOffset now) => Decision.Happens(new KeepRefused { At = now.ToUnixTimeMilliseconds() });
}
