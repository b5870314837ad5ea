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
public sealed class AccountActor : EntityActor<AccountState>
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly Username _username;
    private readonly PasswordHasher _passwords;
    private readonly IRequiredActor<UserRegion> _users;
    private readonly Bans _bans;
    private readonly TimeSpan _lifetime;

    /// <param name="username">The account's key.</param>
    /// <param name="passwords">Hashes and checks.</param>
    /// <param name="users">To be told which log-ins have ended.</param>
    /// <param name="bans">Who may not log in.</param>
    /// <param name="auth">How long refresh tokens live.</param>
    public AccountActor(Username username, PasswordHasher passwords, IRequiredActor<UserRegion> users, Bans bans, IOptions<AuthOptions> auth)
        : base(PersistenceIds.Account(username), Idle)
    {
        _username = username;
        _passwords = passwords;
        _users = users;
        _bans = bans;
        _lifetime = auth.Value.RefreshTokenLifetime;

        Command<AccountCommands.SignUp>(SignUp);
        Command<AccountCommands.LogIn>(LogIn);
        Command<AccountCommands.Refresh>(Refresh);
        Command<AccountCommands.SetAdmin>(c => Carry(c, State.SetAdmin(c.IsAdmin, Now), () => new Done()));
        Command<AccountCommands.LogOut>(c => Carry(c, State.LogOut(c.Token, Now), () => new Done()));
        Command<PasswordHashed>(Hashed);
        Command<PasswordVerified>(Verified);
        Command<PasswordWorkFailed>(Failed);
        Command<Reply>(_ => { }); // the user confirms what it was told
    }

    /// <inheritdoc/>
    protected override UserId PersonOf(IMessage part) => new(((SignedUp)part).UserId);

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
            _passwords.Hash(command.Password).PipeTo(Self, Sender, hash => new PasswordHashed(command, hash), cause => new PasswordWorkFailed(command, cause));
    }

    private void Hashed(PasswordHashed hashed)
    {
        if (hashed.Hash is not { } hash)
        {
            Refuse(hashed.For);
            return;
        }

        var token = NewLogIn();
        Carry(hashed.For, State.SignUp(hashed.For, hash, token, _lifetime, Now), () => LoggedIn(token));
    }

    private void LogIn(AccountCommands.LogIn command) =>
        _passwords.Verify(command.Password, State.SignedUp?.PasswordHash).PipeTo(
            Self, Sender, right => new PasswordVerified(command, right), cause => new PasswordWorkFailed(command, cause));

    private void Verified(PasswordVerified verified)
    {
        switch (verified.Right)
        {
            case null:
                Refuse(verified.For);
                break;
            case false:
                Sender.Tell(AccountState.BadLogIn with { Tag = verified.For.Tag });
                break;
            case true when Banned is { } refusal:
                Sender.Tell(refusal with { Tag = verified.For.Tag });
                break;
            case true:
                var token = NewLogIn();
                Carry(verified.For, State.LogIn(token, _lifetime, Now), () => LoggedIn(token));
                break;
        }
    }

    private void Refresh(AccountCommands.Refresh command)
    {
        var successor = RefreshToken.New(_username, command.Token.Family);
        var decision = State.Refresh(command.Token, successor, _lifetime, Now, out var reused);
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

    private sealed record PasswordHashed(AccountCommands.SignUp For, string? Hash);

    private sealed record PasswordVerified(AccountCommands.LogIn For, bool? Right);

    private sealed record PasswordWorkFailed(Request For, Exception Cause);
}
