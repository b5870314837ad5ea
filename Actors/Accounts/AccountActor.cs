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

/// <summary>An account. Its key is a hash of the user name, which makes user names unique.</summary>
public sealed partial class AccountActor : EntityActor<AccountState>
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly IRequiredActor<UserRegion> _users;
    private readonly Bans _bans;
    private readonly IRequiredActor<ErasureRegion> _erasures;
    private readonly IRequiredActor<AccountRegion> _accounts;
    private readonly IRequiredActor<GuestsRegion> _guests;
    private readonly TimeSpan _lifetime;

    public AccountActor(
        string id,
        EntityServices services,
        IRequiredActor<UserRegion> users,
        Bans bans,
        IRequiredActor<ErasureRegion> erasures,
        IRequiredActor<AccountRegion> accounts,
        IRequiredActor<GuestsRegion> guests,
        IOptions<AuthOptions> auth)
        : base(id, Idle, services)
    {
        _users = users;
        _bans = bans;
        _erasures = erasures;
        _accounts = accounts;
        _guests = guests;
        _lifetime = auth.Value.RefreshTokenLifetime;

        ReceiveGuests();
        Command<AccountCommands.SignUp>(SignUp);
        Command<AccountCommands.LogIn>(LogIn);
        Command<AccountCommands.Refresh>(Refresh);
        Command<AccountCommands.SetAdmin>(c => Carry(c, State.SetAdmin(c.IsAdmin, Now), () => new Done()));
        Command<AccountCommands.LogOut>(LogOut);
        ReceiveChanges();
        Command<AccountQueries.GetPassword>(GetPassword);
        Command<AccountQueries.GetAccount>(c => Carry(
            c, State.Exists(), () => new AccountReplies.AccountIs(new(Durable.SignedUp!.UserId), new(Durable.SignedUp.Username), Durable.LogIns(Now))));
        Command<AccountQueries.CheckLogin>(c => Carry(c, State.Authorize(c.Caller), () => new Done()));
        Command<Reply>(_ => { }); // the user confirms that its sessions have ended
    }

    protected override UserId PersonOf(IMessage part) => new((part as SignedUp ?? State.SignedUp ?? Durable.SignedUp!).UserId);

    protected override void Happened(IMessage journaled)
    {
        if (journaled is RefreshRevoked revoked)
            _users.ActorRef.Tell(new UserCommands.EndSessions(new(Durable.SignedUp!.UserId), new(revoked.FamilyId)));
    }

    private void SignUp(AccountCommands.SignUp command)
    {
        var token = NewLogIn(command.Username);
        Carry(command, State.SignUp(command, token, _lifetime, Now), () => LoggedIn(token));
    }

    private void GetPassword(AccountQueries.GetPassword query) => Carry(
        query,
        query.Caller is { } user ? State.Authorize(user) : Decision.Nothing,
        () => new AccountReplies.PasswordIs(Durable is { SignedUp: { } account, IsGuest: false } ? new(account.PasswordHash) : null));

    private void LogIn(AccountCommands.LogIn command)
    {
        var token = NewLogIn(command.Username);
        var decision = State.LogIn(command, token, _lifetime, Now);
        // Only a caller with the right password learns of a ban.
        if (decision.Rejection is null && Banned is { } refusal)
            decision = new([], refusal);
        Carry(command, decision, () => LoggedIn(token));
    }

    private void Refresh(AccountCommands.Refresh command)
    {
        var successor = RefreshToken.New(command.Username, command.Token.Family);
        var decision = State.Refresh(command.Token, successor, command.Client, _lifetime, Now, out var reused);
        // A banned user keeps the token for use after the ban. A caller with a bad token is told so, banned or not.
        if (decision.Rejection is null && !reused && Banned is { } refusal)
            decision = new([], refusal);
        Carry(command, decision, () => reused ? AccountState.BadToken.Rejection! : LoggedIn(successor));
    }

    // A guest has no other way back in than this login.
    private void LogOut(AccountCommands.LogOut command)
    {
        if (State.IsGuest && State.Families.ContainsKey(command.Token.Family.Value))
            Delete(command, command.Username);
        else
            Carry(command, State.LogOut(command.Token, Now), () => new Done());
    }

    private RefreshToken NewLogIn(Username username) => RefreshToken.New(username, FamilyId.New(Now));

    private AccountReplies.LoggedIn LoggedIn(RefreshToken token)
    {
        var account = Durable.SignedUp!;
        return new(new(account.UserId), new(account.Username), account.Nickname, token, Durable.IsAdmin);
    }

    private Rejection? Banned => State.SignedUp is { } account ? _bans.Refusal(new(account.UserId), Now) : null;
}
