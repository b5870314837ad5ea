using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Accounts;

public sealed class AccountStateTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private static readonly Username Name = new("Ann_1");
    private static readonly PasswordHash Hash = new("a hash");

    [Fact]
    public void A_user_name_is_taken_once()
    {
        var account = SignedUp(NewToken());

        Assert.Equal(ErrorCode.AlreadyExists, account.SignUp(new(Name, Hash, "Ann"), NewToken(), Lifetime, Now).Rejection?.Code);
    }

    [Fact]
    public void A_login_fails_if_the_password_has_changed_since_it_was_checked()
    {
        var token = NewToken();
        var account = SignedUp(token)
            .After(s => s.ChangePassword(new(Name, new(new(s.SignedUp!.UserId), token.Family, Name), Hash, new("another hash")), token, Lifetime, Now));

        Assert.Equal(AccountState.BadLogIn, account.LogIn(new(Name, Hash), NewToken(), Lifetime, Now).Rejection);
        Assert.Null(account.LogIn(new(Name, new("another hash")), NewToken(), Lifetime, Now).Rejection);
    }

    [Fact]
    public void The_newest_token_is_replaced_by_its_successor()
    {
        var (account, tokens) = Refreshed(2);

        Assert.Null(account.Refresh(tokens[2], Next(tokens), "", Lifetime, Now, out var reused).Rejection);
        Assert.False(reused);
    }

    [Fact]
    public void The_token_before_the_last_is_accepted_once_more_within_a_minute_and_leaves_the_last_one_valid()
    {
        var (account, tokens) = Refreshed(1);
        var twin = Next(tokens);

        account = account.After(s => s.Refresh(tokens[0], twin, "", Lifetime, Now + AccountState.RetryWindow, out _));

        foreach (var good in new[] { tokens[1], twin })
        {
            account.Refresh(good, Next(tokens), "", Lifetime, Now, out var reused);
            Assert.False(reused);
        }

        account.Refresh(tokens[0], Next(tokens), "", Lifetime, Now, out var thirdTime);
        Assert.True(thirdTime);
    }

    [Fact]
    public void Of_two_successors_of_one_token_the_second_can_be_used_within_a_minute_of_the_first()
    {
        var (account, tokens) = Refreshed(1);
        var twin = Next(tokens);
        account = account.After(s => s.Refresh(tokens[0], twin, "", Lifetime, Now, out _))
            .After(s => s.Refresh(tokens[1], Next(tokens), "", Lifetime, Now, out _));

        account.Refresh(twin, Next(tokens), "", Lifetime, Now, out var soon);
        account.Refresh(twin, Next(tokens), "", Lifetime, Now + AccountState.RetryWindow + TimeSpan.FromMilliseconds(1), out var late);

        Assert.Equal((false, true), (soon, late));
    }

    [Theory]
    [InlineData(1, 0, 61)]
    [InlineData(2, 0, 0)]
    [InlineData(3, 1, 0)]
    public void An_older_token_ends_its_own_login_only(int refreshes, int used, int secondsLater)
    {
        var (account, tokens) = Refreshed(refreshes);
        var other = NewToken();
        var reused = false;
        account = account.After(s => s.LogIn(new(Name, Hash), other, Lifetime, Now))
            .After(s => s.Refresh(tokens[used], Next(tokens), "", Lifetime, Now.AddSeconds(secondsLater), out reused));

        Assert.True(reused);
        Assert.Equal(ErrorCode.Unauthenticated, account.Refresh(tokens[^1], Next(tokens), "", Lifetime, Now, out _).Rejection?.Code);
        Assert.Null(account.Refresh(other, RefreshToken.New(Name, other.Family), "", Lifetime, Now, out _).Rejection);
    }

    [Fact]
    public void A_snapshot_keeps_the_token_before_the_last()
    {
        var (account, tokens) = Refreshed(1);

        AccountState.FromSnapshot(account.ToSnapshot()).Refresh(tokens[0], Next(tokens), "", Lifetime, Now, out var reused);

        Assert.False(reused);
    }

    [Fact]
    public void An_expired_token_is_invalid()
    {
        var token = NewToken();

        Assert.Equal(ErrorCode.Unauthenticated, SignedUp(token).Refresh(token, NewToken(), "", Lifetime, Now + Lifetime, out _).Rejection?.Code);
    }

    [Fact]
    public void A_changed_password_invalidates_all_earlier_tokens()
    {
        var (account, tokens) = Refreshed(1);
        var next = Next(tokens);
        account = account.After(s => s.ChangePassword(new(Name, new(new(s.SignedUp!.UserId), next.Family, Name), Hash, new("another hash")), next, Lifetime, Now));

        account.Refresh(tokens[1], Next(tokens), "", Lifetime, Now, out var last);
        account.Refresh(tokens[0], Next(tokens), "", Lifetime, Now, out var beforeTheLast);
        account.Refresh(next, Next(tokens), "", Lifetime, Now, out var newest);

        Assert.Equal((true, true, false), (last, beforeTheLast, newest));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_token_of_a_login_logs_out(int used)
    {
        var (account, tokens) = Refreshed(2);

        Assert.Empty(account.After(s => s.LogOut(tokens[used], Now)).Families);
        Assert.Equal(Decision.Nothing, account.LogOut(NewToken(), Now));
    }

    [Fact]
    public void A_login_above_the_limit_ends_the_one_that_would_expire_first()
    {
        var first = NewToken();
        var account = SignedUp(first);
        for (var i = 1; i <= AccountState.MaxFamilies; i++)
            account = account.After(s => s.LogIn(new(Name, Hash), NewToken(), Lifetime, Now.AddMinutes(i)));

        Assert.Equal(AccountState.MaxFamilies, account.Families.Count);
        Assert.DoesNotContain(first.Family.Value, account.Families.Keys);
    }

    [Fact]
    public void A_snapshot_restores_an_account()
    {
        var account = SignedUp(NewToken());

        Assert.Equal(account.ToSnapshot(), AccountState.FromSnapshot(account.ToSnapshot()).ToSnapshot());
    }

    [Fact]
    public void Passwords_and_tokens_do_not_appear_as_text()
    {
        Assert.DoesNotContain("secret", new AccountCommands.SignUp(Name, new("secret!!"), "Ann").ToString());
        var token = NewToken();
        Assert.DoesNotContain(token.Secret, new AccountCommands.Refresh(token).ToString());
    }

    [Fact]
    public void A_token_is_read_as_it_was_written()
    {
        var token = RefreshToken.New(new("ann_1"), FamilyId.New(Now));

        Assert.True(RefreshToken.TryParse(token.Encode(), out var read));
        Assert.Equal(token, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("ann_1.0123456789abcdef0123456789abcdef.short")]
    public void A_malformed_token_is_refused(string? text) => Assert.False(RefreshToken.TryParse(text, out _));

    [Fact]
    public void A_snapshot_keeps_the_name_that_a_guest_chose()
    {
        var user = UserId.New(Now);
        var guest = Username.OfGuest(user);
        var token = RefreshToken.New(guest, FamilyId.New(Now));
        var account = AccountState.Initial.After(s => s.StartAsGuest(new(user, "Ann"), token, Lifetime, Now));
        Assert.True(AccountState.FromSnapshot(account.ToSnapshot()).IsGuest);

        account = account.After(s => s.RequestKeep(new(guest, new(user, token.Family, guest), Name, Hash), Now));
        Assert.Equal((true, Name), AccountState.FromSnapshot(account.ToSnapshot()) is var moving ? (moving.IsMoving, moving.Adoption().Username) : default);
        Assert.Equal(Name, AccountState.FromSnapshot(account.After(_ => AccountState.NoteKept(Now)).ToSnapshot()).KeptAs);
    }

    private static AccountState SignedUp(RefreshToken token) =>
        AccountState.Initial.After(s => s.SignUp(new(Name, Hash, "Ann"), token, Lifetime, Now));

    private static (AccountState Account, IReadOnlyList<RefreshToken> Tokens) Refreshed(int times)
    {
        var tokens = new List<RefreshToken> { NewToken() };
        var account = SignedUp(tokens[0]);
        for (var i = 0; i < times; i++)
        {
            tokens.Add(Next(tokens));
            account = account.After(s => s.Refresh(tokens[^2], tokens[^1], "", Lifetime, Now, out _));
        }

        return (account, tokens);
    }

    private static RefreshToken Next(IReadOnlyList<RefreshToken> tokens) => RefreshToken.New(Name, tokens[0].Family);

    private static RefreshToken NewToken() => RefreshToken.New(Name, FamilyId.New(Now));
}
