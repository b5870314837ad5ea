using System.Collections.Immutable;
using System.Security.Cryptography;
using Google.Protobuf;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Actors.Accounts;

/// <summary>An account: the user, the password's hash, and the open logins.</summary>
public sealed partial record AccountState : IEntityState<AccountState>
{
    /// <summary>The most logins that may be open at once. One more ends the least recently used one.</summary>
    public const int MaxFamilies = 20;

    /// <summary>How long the token before the last is accepted once more.</summary>
    public static readonly TimeSpan RetryWindow = TimeSpan.FromSeconds(60);

    public static AccountState Initial { get; } = new();

    /// <summary>The sign-up; null if there is no account.</summary>
    public SignedUp? SignedUp { get; private init; }

    /// <summary>The refresh tokens of each open login.</summary>
    public ImmutableDictionary<string, TokenFamily> Families { get; private init; } = ImmutableDictionary<string, TokenFamily>.Empty;

    /// <summary>Whether the user is an admin.</summary>
    public bool IsAdmin { get; private init; }

    /// <summary>Checks that there is an account.</summary>
    public Decision Exists() => SignedUp is null ? Decision.Reject(ErrorCode.NotFound, "Unknown user name.", "username") : Decision.Nothing;

    /// <summary>Grants or withdraws the admin role.</summary>
    public Decision SetAdmin(bool isAdmin, DateTimeOffset now)
    {
        if (Exists().Rejection is not null)
            return Exists();
        if (isAdmin == IsAdmin)
            return Decision.Nothing;
        var at = now.ToUnixTimeMilliseconds();
        return isAdmin ? Decision.Happens(new AdminGranted { At = at }) : Decision.Happens(new AdminWithdrawn { At = at });
    }

    /// <summary>Creates the account and its first login.</summary>
    public Decision SignUp(AccountCommands.SignUp command, RefreshToken token, TimeSpan lifetime, DateTimeOffset now) => SignedUp is not null
        ? new([], NameTaken)
        : Decision.Happens(
            SignUp(UserId.New(now), command.Username, command.Password, command.Nickname, now),
            Issue(token, command.Client, lifetime, now));

    /// <summary>Opens a login, unless the password has changed since it was checked.</summary>
    public Decision LogIn(AccountCommands.LogIn command, RefreshToken token, TimeSpan lifetime, DateTimeOffset now)
    {
        if (!Has(command.Password))
            return new([], BadLogIn);
        var crowdedOut = Families.Values.OrderBy(f => f.Last.ExpiresAt).Take(Families.Count - MaxFamilies + 1)
            .Select(f => Revoke(f.Last.FamilyId, RefreshRevoked.Types.Reason.CrowdedOut, now));
        return Decision.Happens([.. crowdedOut, Issue(token, command.Client, lifetime, now)]);
    }

    /// <summary>
    /// Replaces a token by its successor. The token before the last is accepted once more within <see cref="RetryWindow"/>, since
    /// its answer may have been lost or two tabs may have refreshed at once. Any other old token has been copied: the login ends.
    /// </summary>
    public Decision Refresh(RefreshToken token, RefreshToken successor, string client, TimeSpan lifetime, DateTimeOffset now, out bool reused)
    {
        reused = false;
        if (SignedUp is null || !Families.TryGetValue(token.Family.Value, out var family) || family.Last.ExpiresAt <= now.ToUnixTimeMilliseconds())
            return BadToken;
        var hash = token.Hash();
        if (Holds(family.Current, hash))
            return Decision.Happens(Issue(successor, client, lifetime, now));
        if (Holds(family.Previous, hash) && family.Current.Count == 1 && now.ToUnixTimeMilliseconds() - family.Last.At <= RetryWindow.TotalMilliseconds)
            return Decision.Happens(Issue(successor, client, lifetime, now, twin: true));
        reused = true;
        return Decision.Happens(Revoke(family.Last.FamilyId, RefreshRevoked.Types.Reason.Reused, now));
    }

    /// <summary>Ends the login of a token. An old token is accepted: its family id is as hard to guess as the token.</summary>
    public Decision LogOut(RefreshToken token, DateTimeOffset now) => SignedUp is not null && Families.ContainsKey(token.Family.Value)
        ? Decision.Happens(Revoke(token.Family.Value, RefreshRevoked.Types.Reason.LoggedOut, now))
        : Decision.Nothing;

    /// <summary>The answer to an invalid refresh token.</summary>
    public static Decision BadToken { get; } = Decision.Reject(ErrorCode.Unauthenticated, "The refresh token is invalid or has expired.", "refresh_token");

    /// <summary>The one answer to a wrong password and to an unknown user name.</summary>
    public static Rejection BadLogIn { get; } = new(ErrorCode.Unauthenticated, "User name or password is wrong.");

    /// <summary>The answer to a sign-up under a taken name.</summary>
    public static Rejection NameTaken { get; } = new(ErrorCode.AlreadyExists, "This user name is taken.", "username");

    /// <summary>The answer to a wrong password of a logged-in user.</summary>
    /// <param name="field">The request's field with the password.</param>
    public static Rejection WrongPassword(string field) => new(ErrorCode.PermissionDenied, "The password is wrong.", field);

    public AccountState Apply(IMessage journaled) => journaled switch
    {
        SignedUp e => this with { SignedUp = Opened(e), IsAdmin = false },
        RefreshIssued e => this with { Families = Families.SetItem(e.FamilyId, After(Families.GetValueOrDefault(e.FamilyId), e)) },
        AdminGranted => this with { IsAdmin = true },
        AdminWithdrawn => this with { IsAdmin = false },
        RefreshRevoked e => this with { Families = Families.Remove(e.FamilyId) },
        PasswordChanged e => this with { SignedUp = SignedUp is null ? null : new(SignedUp) { PasswordHash = e.PasswordHash }, Families = WithoutTokens(Families) },
        KeepRequested e => this with { Keep = e },
        KeepRefused => this with { Keep = null },
        AccountKept => this with { IsKept = true },
        AccountDeleted => Initial,
        _ => throw new ArgumentException($"{journaled.Descriptor.FullName} is not an event of an account.", nameof(journaled)),
    };

    public static AccountState FromSnapshot(IMessage snapshot)
    {
        var from = (AccountSnapshot)snapshot;
        return new()
        {
            SignedUp = Opened(from.SignedUp),
            Families = from.Families.ToImmutableDictionary(f => f.Last.FamilyId),
            IsAdmin = from.Admin,
            Keep = from.Keep,
            IsKept = from.Kept,
        };
    }

    public ISnapshot ToSnapshot() => new AccountSnapshot { SignedUp = SignedUp, Families = { Families.Values }, Admin = IsAdmin, Keep = Keep, Kept = IsKept };

    private bool Has(PasswordHash hash) => SignedUp?.PasswordHash == hash.Value;

    // With a destroyed key there is no account.
    private static SignedUp? Opened(SignedUp? signedUp) => signedUp is { Encrypted.IsEmpty: true } ? signedUp : null;

    // A changed password invalidates all tokens from before it, also for a retry.
    private static ImmutableDictionary<string, TokenFamily> WithoutTokens(ImmutableDictionary<string, TokenFamily> families) =>
        families.ToImmutableDictionary(family => family.Key, family => new TokenFamily { Last = family.Value.Last });

    private static bool Holds(IEnumerable<ByteString> hashes, byte[] hash) => hashes.Any(known => CryptographicOperations.FixedTimeEquals(known.Span, hash));

    private static TokenFamily After(TokenFamily? family, RefreshIssued issued) => issued.Twin && family is not null
        ? new(family) { Last = issued, Current = { issued.TokenHash } }
        : new() { Last = issued, Current = { issued.TokenHash }, Previous = { family?.Current ?? [] } };

    private static SignedUp SignUp(UserId user, Username username, PasswordHash password, string nickname, DateTimeOffset now) => new()
    {
        At = now.ToUnixTimeMilliseconds(),
        UserId = user.Value,
        Username = username.Value,
        PasswordHash = password.Value,
        Nickname = nickname,
    };

    private static RefreshIssued Issue(RefreshToken token, string client, TimeSpan lifetime, DateTimeOffset now, bool twin = false) => new()
    {
        At = now.ToUnixTimeMilliseconds(),
        FamilyId = token.Family.Value,
        TokenHash = ByteString.CopyFrom(token.Hash()),
        ExpiresAt = (now + lifetime).ToUnixTimeMilliseconds(),
        Client = client,
        Twin = twin,
    };

    private static RefreshRevoked Revoke(string family, RefreshRevoked.Types.Reason reason, DateTimeOffset now) =>
        new() { At = now.ToUnixTimeMilliseconds(), FamilyId = family, Reason = reason };
}
