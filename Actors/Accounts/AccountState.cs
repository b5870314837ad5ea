using System.Collections.Immutable;
using System.Security.Cryptography;
using Google.Protobuf;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Actors.Accounts;

/// <summary>An account: who it is, the password's hash, and the log-ins that are open.</summary>
public sealed partial record AccountState : IEntityState<AccountState>
{
    /// <summary>Log-ins that may be open at once; a further one ends the one that was used longest ago.</summary>
    public const int MaxFamilies = 20;

    /// <summary>How long the token before the last can be traded once more.</summary>
    public static readonly TimeSpan RetryWindow = TimeSpan.FromSeconds(60);

    public static AccountState Initial { get; } = new();

    /// <summary>How the account was made; null as long as there is none.</summary>
    public SignedUp? SignedUp { get; private init; }

    /// <summary>The refresh tokens of each open log-in.</summary>
    public ImmutableDictionary<string, TokenFamily> Families { get; private init; } = ImmutableDictionary<string, TokenFamily>.Empty;

    /// <summary>Whether the person is an admin.</summary>
    public bool IsAdmin { get; private init; }

    /// <summary>Makes the person an admin, or takes that back.</summary>
    public Decision SetAdmin(bool isAdmin, DateTimeOffset now)
    {
        if (SignedUp is null)
            return Decision.Reject(ErrorCode.NotFound, "There is no account of this name.", "username");
        if (isAdmin == IsAdmin)
            return Decision.Nothing;
        var at = now.ToUnixTimeMilliseconds();
        return isAdmin ? Decision.Happens(new AdminGranted { At = at }) : Decision.Happens(new AdminWithdrawn { At = at });
    }

    /// <summary>Makes the account, and its first log-in.</summary>
    public Decision SignUp(AccountCommands.SignUp command, RefreshToken token, TimeSpan lifetime, DateTimeOffset now) => SignedUp is not null
        ? new([], NameTaken)
        : Decision.Happens(
            new SignedUp
            {
                At = now.ToUnixTimeMilliseconds(),
                UserId = UserId.New(now).Value,
                Username = command.Username.Value,
                PasswordHash = command.Password.Value,
                Nickname = command.Nickname,
            },
            Issue(token, command.Client, lifetime, now));

    /// <summary>Opens a log-in, unless the password was changed after it was checked.</summary>
    public Decision LogIn(AccountCommands.LogIn command, RefreshToken token, TimeSpan lifetime, DateTimeOffset now)
    {
        if (!Has(command.Password))
            return new([], BadLogIn);
        var crowdedOut = Families.Values.OrderBy(f => f.Last.ExpiresAt).Take(Families.Count - MaxFamilies + 1)
            .Select(f => Revoke(f.Last.FamilyId, RefreshRevoked.Types.Reason.CrowdedOut, now));
        return Decision.Happens([.. crowdedOut, Issue(token, command.Client, lifetime, now)]);
    }

    /// <summary>
    /// Trades a token for its successor. The token before the last is traded once more within <see cref="RetryWindow"/>, since
    /// its answer may have been lost or two tabs may have refreshed at once. Any other old token has been copied: the log-in ends.
    /// </summary>
    public Decision Refresh(RefreshToken token, RefreshToken successor, string client, TimeSpan lifetime, DateTimeOffset now, out bool reused)
    {
        reused = false;
        if (!Families.TryGetValue(token.Family.Value, out var family) || family.Last.ExpiresAt <= now.ToUnixTimeMilliseconds())
            return BadToken;
        var hash = token.Hash();
        if (Holds(family.Current, hash))
            return Decision.Happens(Issue(successor, client, lifetime, now));
        if (Holds(family.Previous, hash) && family.Current.Count == 1 && now.ToUnixTimeMilliseconds() - family.Last.At <= RetryWindow.TotalMilliseconds)
            return Decision.Happens(Issue(successor, client, lifetime, now, twin: true));
        reused = true;
        return Decision.Happens(Revoke(family.Last.FamilyId, RefreshRevoked.Types.Reason.Reused, now));
    }

    /// <summary>Ends the log-in that a token descends from. An old token will do: its family id is as hard to guess as the token.</summary>
    public Decision LogOut(RefreshToken token, DateTimeOffset now) => Families.ContainsKey(token.Family.Value)
        ? Decision.Happens(Revoke(token.Family.Value, RefreshRevoked.Types.Reason.LoggedOut, now))
        : Decision.Nothing;

    /// <summary>The answer to a refresh token that is not good.</summary>
    public static Decision BadToken { get; } = Decision.Reject(ErrorCode.Unauthenticated, "The refresh token is not good (any more).", "refresh_token");

    /// <summary>The one answer to a wrong password and to an unknown user.</summary>
    public static Rejection BadLogIn { get; } = new(ErrorCode.Unauthenticated, "User name or password is wrong.");

    /// <summary>The answer to a sign-up under a name that an account has.</summary>
    public static Rejection NameTaken { get; } = new(ErrorCode.AlreadyExists, "This user name is taken.", "username");

    /// <summary>The answer to a wrong password of a user who is logged in.</summary>
    /// <param name="field">The request's field that holds it.</param>
    public static Rejection WrongPassword(string field) => new(ErrorCode.PermissionDenied, "The password is wrong.", field);

    public AccountState Apply(IMessage journaled) => journaled switch
    {
        SignedUp e => this with { SignedUp = Opened(e), IsAdmin = false },
        RefreshIssued e => this with { Families = Families.SetItem(e.FamilyId, After(Families.GetValueOrDefault(e.FamilyId), e)) },
        AdminGranted => this with { IsAdmin = true },
        AdminWithdrawn => this with { IsAdmin = false },
        RefreshRevoked e => this with { Families = Families.Remove(e.FamilyId) },
        PasswordChanged e => this with { SignedUp = SignedUp is null ? null : new(SignedUp) { PasswordHash = e.PasswordHash }, Families = WithoutTokens(Families) },
        AccountDeleted => Initial,
        _ => throw new ArgumentException($"{journaled.Descriptor.FullName} is not an event of an account.", nameof(journaled)),
    };

    public static AccountState FromSnapshot(IMessage snapshot)
    {
        var from = (AccountSnapshot)snapshot;
        return new() { SignedUp = Opened(from.SignedUp), Families = from.Families.ToImmutableDictionary(f => f.Last.FamilyId), IsAdmin = from.Admin };
    }

    public ISnapshot ToSnapshot() => new AccountSnapshot { SignedUp = SignedUp, Families = { Families.Values }, Admin = IsAdmin };

    private bool Has(PasswordHash hash) => SignedUp?.PasswordHash == hash.Value;

    // Whose key is destroyed has no account any more.
    private static SignedUp? Opened(SignedUp? signedUp) => signedUp is { Sealed.IsEmpty: true } ? signedUp : null;

    // A changed password leaves no token from before it good, not even for a retry.
    private static ImmutableDictionary<string, TokenFamily> WithoutTokens(ImmutableDictionary<string, TokenFamily> families) =>
        families.ToImmutableDictionary(family => family.Key, family => new TokenFamily { Last = family.Value.Last });

    private static bool Holds(IEnumerable<ByteString> hashes, byte[] hash) => hashes.Any(known => CryptographicOperations.FixedTimeEquals(known.Span, hash));

    private static TokenFamily After(TokenFamily? family, RefreshIssued issued) => issued.Twin && family is not null
        ? new(family) { Last = issued, Current = { issued.TokenHash } }
        : new() { Last = issued, Current = { issued.TokenHash }, Previous = { family?.Current ?? [] } };

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
