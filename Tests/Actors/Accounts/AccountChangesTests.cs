using Akka.Actor;
using Akka.TestKit.Xunit2;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Accounts;

public sealed class AccountChangesTests : TestKit
{
    private static readonly Username Name = new("Ann_1");
    private static readonly PasswordHash Old = new("the old hash");
    private static readonly PasswordHash New = new("the new hash");

    private readonly ActorHost _host;
    private readonly IActorRef _accounts;

    public AccountChangesTests() : this(ActorHost.Start())
    {
    }

    private AccountChangesTests(ActorHost host) : base(host.System)
    {
        _host = host;
        _accounts = host.Region<AccountRegion>();
    }

    [Fact]
    public void A_changed_password_replaces_the_old_one_and_ends_all_other_logins()
    {
        var (phone, laptop) = (SignUp(), LogIn(Old));

        var changed = Ask<AccountReplies.LoggedIn>(new AccountCommands.ChangePassword(Name, Caller(laptop), Old, New));

        Assert.Equal((laptop.Token.Family, laptop.User), (changed.Token.Family, changed.User));
        Assert.Equal(AccountState.BadLogIn, Ask<Rejection>(new AccountCommands.LogIn(Name, Old)));
        Assert.Equal(ErrorCode.Unauthenticated, Ask<Rejection>(new AccountCommands.Refresh(phone.Token)).Code);
        Assert.Equal([laptop.Token.Family], LogIns(changed).Select(logIn => logIn.Family));
        var later = LogIn(New);
        Assert.Equal(2, LogIns(later).Count);
        Assert.Equal(changed.Token.Family, Ask<AccountReplies.LoggedIn>(new AccountCommands.Refresh(changed.Token)).Token.Family);
    }

    [Fact]
    public void A_changed_password_ends_the_sessions_of_the_other_logins_at_once()
    {
        var (phone, laptop) = (SignUp(), LogIn(Old));
        var users = _host.Region<UserRegion>();
        users.Tell(new UserCommands.Create(phone.User, "Ann"), TestActor);
        ExpectMsg<UserReplies.ProfileIs>();
        var (onPhone, onLaptop) = (CreateTestProbe(), CreateTestProbe());
        users.Tell(new UserCommands.AttachSession(phone.User, new("s1"), phone.Token.Family, HasTransport: true), onPhone);
        users.Tell(new UserCommands.AttachSession(phone.User, new("s2"), laptop.Token.Family, HasTransport: true), onLaptop);
        onPhone.ExpectMsg<UserReplies.SessionAttached>();
        onLaptop.ExpectMsg<UserReplies.SessionAttached>();

        Ask<AccountReplies.LoggedIn>(new AccountCommands.ChangePassword(Name, Caller(laptop), Old, New));

        Assert.Equal(CloseCode.Unauthenticated, onPhone.ExpectMsg<UserNotices.SessionEnded>().Reason);
        users.Tell(new UserCommands.EndSessions(phone.User, laptop.Token.Family), TestActor);
        ExpectMsg<Done>();
        onLaptop.ExpectMsg<UserNotices.SessionEnded>(); // by the revocation, and not before
        onLaptop.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Only_a_logged_in_caller_with_the_password_changes_it()
    {
        var (phone, laptop) = (SignUp(), LogIn(Old));

        var wrong = Ask<Rejection>(new AccountCommands.ChangePassword(Name, Caller(phone), New, New));
        Assert.Equal((ErrorCode.PermissionDenied, "old_password"), (wrong.Code, wrong.Field));
        Ask<Done>(new AccountCommands.LogOut(laptop.Token));
        Assert.Equal(ErrorCode.Unauthenticated, Ask<Rejection>(new AccountCommands.ChangePassword(Name, Caller(laptop), Old, New)).Code);
        var another = new Identity(new("another"), phone.Token.Family, phone.Username);
        Assert.Equal(ErrorCode.Unauthenticated, Ask<Rejection>(new AccountCommands.ChangePassword(Name, another, Old, New)).Code);

        Assert.Equal(2, LogIns(LogIn(Old)).Count);
    }

    [Fact]
    public async Task Logins_are_listed_with_their_clients_and_revoked_one_by_one_also_after_a_restart()
    {
        var phone = SignUp();
        _host.Clock.Advance(TimeSpan.FromSeconds(20));
        var laptop = LogIn(Old);
        _host.Clock.Advance(TimeSpan.FromSeconds(20));
        var used = Ask<AccountReplies.LoggedIn>(new AccountCommands.Refresh(phone.Token, "Telephone 2"));

        using var again = _host.Restart();
        var accounts = again.Region<AccountRegion>();
        var logIns = (await accounts.Ask<AccountReplies.LogInsAre>(new AccountQueries.GetLogIns(Name, Caller(laptop)), Patience)).LogIns;
        Assert.Equal([(phone.Token.Family, "Telephone 2"), (laptop.Token.Family, "Laptop")], logIns.Select(logIn => (logIn.Family, logIn.Client)));
        Assert.Equal(TimeSpan.FromSeconds(40), logIns[0].LastUsedAt - logIns[0].Family.At);

        await accounts.Ask<Done>(new AccountCommands.Revoke(Name, Caller(laptop), phone.Token.Family), Patience);
        var gone = await accounts.Ask<Rejection>(new AccountCommands.Revoke(Name, Caller(laptop), phone.Token.Family), Patience);
        Assert.Equal((ErrorCode.NotFound, "session_id"), (gone.Code, gone.Field));
        Assert.Equal(ErrorCode.Unauthenticated, (await accounts.Ask<Rejection>(new AccountCommands.Refresh(used.Token), Patience)).Code);
        Assert.Equal(ErrorCode.Unauthenticated, (await accounts.Ask<Rejection>(new AccountQueries.GetLogIns(Name, Caller(phone)), Patience)).Code);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _host.Dispose();
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(30);

    private static Identity Caller(AccountReplies.LoggedIn logIn) => new(logIn.User, logIn.Token.Family, Username: logIn.Username);

    private AccountReplies.LoggedIn SignUp() => Ask<AccountReplies.LoggedIn>(new AccountCommands.SignUp(Name, Old, "Ann", "Telephone"));

    private AccountReplies.LoggedIn LogIn(PasswordHash password) => Ask<AccountReplies.LoggedIn>(new AccountCommands.LogIn(Name, password, "Laptop"));

    private IReadOnlyList<LogIn> LogIns(AccountReplies.LoggedIn login) => Ask<AccountReplies.LogInsAre>(new AccountQueries.GetLogIns(Name, Caller(login))).LogIns;

    private TReply Ask<TReply>(AccountRequest request)
    {
        _accounts.Tell(request, TestActor);
        return ExpectMsg<TReply>();
    }
}
