using Akka.Actor;
using Akka.Hosting;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Accounts.Guests;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Persistence;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Accounts;

public sealed class GuestTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Username Name = new("Zanzibar_78");
    private static readonly PasswordHash Password = new("a hash");

    private readonly List<ActorHost> _hosts = [ActorHost.Start()];

    private ActorHost Host => _hosts[^1];

    [Fact]
    public async Task A_guest_has_no_password_and_its_refresh_token_renews_the_login()
    {
        var guest = await Start();

        Assert.True(guest.Username.IsGuest);
        Assert.Null((await Ask<AccountReplies.PasswordIs>(new AccountQueries.GetPassword(guest.Username))).Hash);
        Assert.Equal(guest.User, (await Ask<AccountReplies.LoggedIn>(new AccountCommands.Refresh(guest.Token))).User);
    }

    [Fact]
    public async Task A_kept_account_is_logged_in_to_by_name_and_its_login_goes_on()
    {
        var guest = await Start();

        var kept = await Keep(guest);

        Assert.Equal((guest.User, guest.Token.Family, Name), (kept.User, kept.Token.Family, kept.Username));
        Assert.Equal(guest.User, (await LogIn()).User);
        await Ask<Done>(new AccountQueries.CheckLogin(Caller(kept)));
        Assert.Equal(kept.User, (await Ask<AccountReplies.LoggedIn>(new AccountCommands.Refresh(kept.Token))).User);
        Restart();
        Assert.Equal(guest.User, (await LogIn()).User);
    }

    // The answer may be lost, and other tabs may still have the tokens of the guest.
    [Fact]
    public async Task The_tokens_of_a_guest_are_good_for_the_kept_account()
    {
        var guest = await Start();
        await Keep(guest);
        Restart();

        await Ask<Done>(new AccountQueries.CheckLogin(Caller(guest)));
        var refreshed = await Ask<AccountReplies.LoggedIn>(new AccountCommands.Refresh(guest.Token));

        Assert.Equal((Name, guest.Token.Family), (refreshed.Username, refreshed.Token.Family));
        await Ask<Done>(new AccountCommands.LogOut(guest.Token));
        Assert.Equal(ErrorCode.Unauthenticated, (await Ask<Rejection>(new AccountCommands.Refresh(refreshed.Token))).Code);
        Assert.Equal(guest.User, (await LogIn()).User);
    }

    [Fact]
    public async Task A_guest_whose_chosen_name_is_taken_chooses_another()
    {
        var guest = await Start();
        await Ask<AccountReplies.LoggedIn>(new AccountCommands.SignUp(Name, new("another hash"), "Other"));

        Assert.Equal(ErrorCode.AlreadyExists, (await Ask<Rejection>(Keeping(guest, Name))).Code);

        Assert.Equal(new Username("Another_1"), (await Ask<AccountReplies.LoggedIn>(Keeping(guest, new("Another_1")))).Username);
        Assert.Equal(AccountState.BadLogIn, await Ask<Rejection>(new AccountCommands.LogIn(Name, Password)));
    }

    [Fact]
    public async Task An_account_is_kept_once_and_by_its_own_user()
    {
        var (guest, other) = (await Start(), await Start());

        var stranger = Caller(guest) with { Family = other.Token.Family };
        Assert.Equal(ErrorCode.Unauthenticated, (await Ask<Rejection>(new AccountCommands.Keep(guest.Username, stranger, Name, Password))).Code);
        var kept = await Keep(guest);
        Assert.Equal(ErrorCode.FailedPrecondition, (await Ask<Rejection>(Keeping(guest, new("Another_1")))).Code);
        Assert.Equal(ErrorCode.FailedPrecondition, (await Ask<Rejection>(Keeping(kept, new("Another_1")))).Code);
    }

    // The choice is on disk, and the account of the chosen name may or may not exist.
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_move_to_the_chosen_name_that_a_crash_interrupted_is_completed(bool wasCreated)
    {
        var guest = await Start();
        Restart();
        var accounts = Host.Services.GetRequiredService<ActorRegistry>().Get<AccountRegion>();
        using (var kit = new TestKit(Host.System))
        {
            var silent = kit.CreateTestProbe();
            Host.Replace<AccountRegion>(silent);
            accounts.Tell(Keeping(guest, Name), kit.TestActor);
            var adoption = silent.ExpectMsg<AccountCommands.Adopt>(Patience);
            if (wasCreated)
                await accounts.Ask<AccountReplies.LoggedIn>(adoption, Patience);
        }

        Restart();
        var refreshed = await Ask<AccountReplies.LoggedIn>(new AccountCommands.Refresh(guest.Token));

        Assert.Equal((guest.User, Name), (refreshed.User, refreshed.Username));
        Assert.Equal(guest.User, (await LogIn()).User);
    }

    [Fact]
    public async Task A_guest_that_logs_out_is_deleted()
    {
        var guest = await Start();
        var users = Host.Region<UserRegion>();
        await users.Ask<UserReplies.ProfileIs>(new UserCommands.Create(guest.User, "Quetzalcoatl"), Patience);
        using var kit = new TestKit(Host.System);
        users.Tell(new UserCommands.AttachSession(guest.User, new("s1"), guest.Token.Family, HasTransport: true), kit.TestActor);
        kit.ExpectMsg<UserReplies.SessionAttached>(Patience);

        await Ask<Done>(new AccountCommands.LogOut(guest.Token));

        Assert.Equal(CloseCode.Unauthenticated, kit.ExpectMsg<UserNotices.SessionEnded>(Patience).Reason);
        await Deleted(1);
        Assert.Equal(ErrorCode.Unauthenticated, (await Ask<Rejection>(new AccountCommands.Refresh(guest.Token))).Code);
        Assert.Equal(ErrorCode.NotFound, (await users.Ask<Rejection>(new UserQueries.GetProfile(guest.User), Patience)).Code);
    }

    [Fact]
    public async Task A_kept_account_is_deleted_with_its_password_alone()
    {
        var guest = await Start();
        var kept = await Keep(guest);

        Assert.Equal(ErrorCode.PermissionDenied, (await Ask<Rejection>(new AccountCommands.Delete(guest.Username, Caller(guest), PasswordHash.None))).Code);
        await Ask<Done>(new AccountCommands.Delete(kept.Username, Caller(kept), Password));

        await Deleted(1);
        Assert.Equal(AccountState.BadLogIn, await Ask<Rejection>(new AccountCommands.LogIn(Name, Password)));
        Assert.Equal(ErrorCode.Unauthenticated, (await Ask<Rejection>(new AccountCommands.Refresh(guest.Token))).Code);
    }

    [Fact]
    public async Task Guests_that_are_not_used_for_the_retention_time_are_deleted_also_after_a_restart()
    {
        var (unused, used, kept) = (await Start(), await Start(), await Start());
        await Keep(kept);
        Restart();

        Host.Clock.Advance(TimeSpan.FromDays(10));
        var refreshed = await Ask<AccountReplies.LoggedIn>(new AccountCommands.Refresh(used.Token));
        Host.Clock.Advance(TimeSpan.FromDays(20));
        await Deleted(1);
        await Journaled("guests.forgotten.1", 2); // the unused guest, and the kept account
        await Journaled("guests.noted.1", 4);
        Assert.Equal(ErrorCode.Unauthenticated, (await Ask<Rejection>(new AccountCommands.Refresh(unused.Token))).Code);

        Host.Clock.Advance(TimeSpan.FromDays(9));
        await Ask<AccountReplies.LoggedIn>(new AccountCommands.Refresh(refreshed.Token));
        Host.Clock.Advance(TimeSpan.FromDays(1));
        await Journaled("guests.noted.1", 5);
        Host.Clock.Advance(TimeSpan.FromDays(29));
        await Deleted(2);
        await Journaled("guests.forgotten.1", 3);
        Assert.Equal(kept.User, (await LogIn()).User);
    }

    [Fact]
    public async Task A_guest_that_never_started_is_forgotten()
    {
        await Host.Region<GuestsRegion>().Ask<Done>(new GuestCommands.Note(UserId.New(Host.Clock.Now)), Patience);

        Host.Clock.Advance(TimeSpan.FromDays(30));

        await Journaled("guests.forgotten.1", 1);
    }

    public void Dispose() => Host.Dispose();

    private static Identity Caller(AccountReplies.LoggedIn login) => new(login.User, login.Token.Family, login.Username);

    private static AccountCommands.Keep Keeping(AccountReplies.LoggedIn guest, Username chosen) => new(guest.Username, Caller(guest), chosen, Password);

    private Task<AccountReplies.LoggedIn> Start() =>
        Ask<AccountReplies.LoggedIn>(new AccountCommands.StartAsGuest(UserId.New(Host.Clock.Now), "Quetzalcoatl"));

    private Task<AccountReplies.LoggedIn> Keep(AccountReplies.LoggedIn guest) => Ask<AccountReplies.LoggedIn>(Keeping(guest, Name));

    private Task<AccountReplies.LoggedIn> LogIn() => Ask<AccountReplies.LoggedIn>(new AccountCommands.LogIn(Name, Password));

    private Task<TReply> Ask<TReply>(AccountRequest request) => Host.Region<AccountRegion>().Ask<TReply>(request, Patience);

    private void Restart() => _hosts.Add(Host.Restart());

    private Task Deleted(int users) => Journaled("erasure.done.1", users);

    // Time goes on meanwhile, so that what failed for want of an answer is tried again.
    private Task Journaled(string manifest, long rows) => new TestKit(Host.System).AwaitConditionAsync(
        () =>
        {
            Host.Clock.Advance(TimeSpan.FromSeconds(10));
            return Task.FromResult(Rows(manifest) == rows);
        },
        Patience);

    private long Rows(string manifest)
    {
        using var command = Host.Services.GetRequiredService<JournalDatabase>().Readers.CreateCommand($"SELECT count(*) FROM journal WHERE manifest = '{manifest}'");
        return (long)command.ExecuteScalar()!;
    }
}
