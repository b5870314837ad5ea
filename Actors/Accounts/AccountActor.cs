using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using WebChat.Actors.Hosting;
using WebChat.Actors.Moderation;
using WebChat.Actors.Options;
using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Actors.Accounts;

/// <summary>An account. Its key is the user name, so that two of one name cannot be.</summary>
public sealed partial class AccountActor : EntityActor<AccountState>
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly Username _username;
    private readonly PasswordHasher _passwords;
    private readonly IRequiredActor<UserRegion> _users;
    private readonly Bans _bans;
    private readonly IRequiredActor<ErasureRegion> _erasures;
    private readonly TimeSpan _lifetime;

    /// <param name="username">The account's key.</param>
    /// <param name="passwords">Hashes and checks.</param>
    /// <param name="users">To be told which log-ins have ended.</param>
    /// <param name="bans">Who may not log in.</param>
    /// <param name="erasures">To be told that the person wants the account deleted.</param>
    /// <param name="auth">How long refresh tokens live.</param>
    public AccountActor(
        Username username,
        PasswordHasher passwords,
        IRequiredActor<UserRegion> users,
        Bans bans,
        IRequiredActor<ErasureRegion> erasures,
        IOptions<AuthOptions> auth)
        : base(PersistenceIds.Account(username), Idle)
    {
        _username = username;
        _passwords = passwords;
        _users = users;
        _bans = bans;
        _erasures = erasures;
        _lifetime = auth.Value.RefreshTokenLifetime;

        Command<AccountCommands.SignUp>(SignUp);
        Command<AccountCommands.LogIn>(c => Verify(c, c.Password));
        Command<AccountCommands.Refresh>(Refresh);
        Command<AccountCommands.SetAdmin>(c => Carry(c, State.SetAdmin(c.IsAdmin, Now), () => new Done()));
        Command<AccountCommands.LogOut>(c => Carry(c, State.LogOut(c.Token, Now), () => new Done()));
        ReceiveChanges();
        Command<PasswordHashed>(Hashed);
        Command<PasswordVerified>(Verified);
        Command<PasswordWorkFailed>(Failed);
        Command<Reply>(_ => { }); // the user confirms what it was told
    }

    /// <inheritdoc/>
    protected override UserId PersonOf(IMessage part) => new((part as SignedUp ?? State.SignedUp ?? Durable.SignedUp!).UserId);

    /// <inheritdoc/>
    protected override void Happened(IMessage journaled)
    {
        if (journaled is RefreshRevoked revoked)
            _users.ActorRef.Tell(new UserCommands.EndSessions(new(Durable.SignedUp!.UserId), new(revoked.FamilyId)));
    }

    private void SignUp(AccountCommands.SignUp command)
    {
        // Said before the work as well as after it: a taken name is not worth a hash.
        if (State.SignedUp is not null)
            Carry(command, State.SignUp(command, "", default, _lifetime, Now), () => new Done());
        else
            Hash(command, command.Password);
    }

    private void Hash(AccountRequest request, Password password) =>
        _passwords.Hash(password).PipeTo(Self, Sender, hash => new PasswordHashed(request, hash), cause => new PasswordWorkFailed(request, cause));

    private void Hashed(PasswordHashed hashed)
    {
        if (hashed.Hash is not { } hash)
        {
            Refuse(hashed.For);
            return;
        }

        if (hashed.For is AccountCommands.ChangePassword change)
        {
            ChangePassword(change, hash);
            return;
        }

        var signUp = (AccountCommands.SignUp)hashed.For;
        var token = NewLogIn();
        Carry(signUp, State.SignUp(signUp, hash, token, _lifetime, Now), () => LoggedIn(token));
    }

    private void Verify(AccountRequest request, Password password)
    {
        var hash = State.SignedUp?.PasswordHash;
        _passwords.Verify(password, hash).PipeTo(
            Self, Sender, right => new PasswordVerified(request, hash, right), cause => new PasswordWorkFailed(request, cause));
    }

    private void Verified(PasswordVerified verified)
    {
        // It may have been changed while the old one was checked.
        var right = verified.Right == true && verified.Hash == State.SignedUp?.PasswordHash;
        switch (verified.For)
        {
            case var refused when verified.Right is null:
                Refuse(refused);
                break;
            case AccountCommands.LogIn when right && Banned is { } refusal:
                Sender.Tell(refusal with { Tag = verified.For.Tag });
                break;
            case AccountCommands.LogIn logIn when right:
                var token = NewLogIn();
                Carry(logIn, State.LogIn(token, logIn.Client, _lifetime, Now), () => LoggedIn(token));
                break;
            case AccountCommands.ChangePassword change when right:
                Hash(change, change.New);
                break;
            case AccountCommands.Delete delete when right:
                Delete(delete);
                break;
            case AccountCommands.LogIn:
                Sender.Tell(AccountState.BadLogIn with { Tag = verified.For.Tag });
                break;
            case var wrong:
                Sender.Tell(new Rejection(ErrorCode.PermissionDenied, "The password is wrong.", wrong is AccountCommands.ChangePassword ? "old_password" : "password") { Tag = wrong.Tag });
                break;
        }
    }

    private void Refresh(AccountCommands.Refresh command)
    {
        var successor = RefreshToken.New(_username, command.Token.Family);
        var decision = State.Refresh(command.Token, successor, command.Client, _lifetime, Now, out var reused);
        // Who is banned keeps the token for afterwards; that it is no good is told to anybody.
        if (decision.Rejection is null && !reused && Banned is { } refusal)
            decision = new([], refusal);
        Carry(command, decision, () => reused ? AccountState.BadToken.Rejection! : LoggedIn(successor));
    }

    private void Failed(PasswordWorkFailed failed)
    {
        Log.Error(failed.Cause, "A password of {0} could not be hashed or checked", PersistenceId);
        Sender.Tell(new Rejection(ErrorCode.Internal, "Something went wrong here; it has been noted.") { Tag = failed.For.Tag });
    }

    private void Refuse(Request request) =>
        Sender.Tell(new Rejection(ErrorCode.Unavailable, "Too many people log in just now.", RetryAfter: TimeSpan.FromSeconds(5)) { Tag = request.Tag });

    private RefreshToken NewLogIn() => RefreshToken.New(_username, FamilyId.New(Now));

    private AccountReplies.LoggedIn LoggedIn(RefreshToken token)
    {
        var account = Durable.SignedUp!;
        return new(new(account.UserId), new(account.Username), account.Nickname, token, Durable.IsAdmin);
    }

    private Rejection? Banned => State.SignedUp is { } account ? _bans.Refusal(new(account.UserId), Now) : null;

    private sealed record PasswordHashed(AccountRequest For, string? Hash);

    private sealed record PasswordVerified(AccountRequest For, string? Hash, bool? Right);

    private sealed record PasswordWorkFailed(Request For, Exception Cause);
}
